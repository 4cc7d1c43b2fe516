// Part of `prepare`. Several packages bring a program `node`, one for each platform. npm 10 installs ours, but when it drops the others it removes
// node_modules/.bin/node with them; then npm scripts would run on whatever Node the machine has. So the link is made again where it is missing.
// Old syntax and no dependency: this runs on the machine's own Node.
const fs = require('node:fs');
const path = require('node:path');

const modules = path.join(__dirname, '../node_modules');
const link = path.join(modules, '.bin/node');
const names = [`node-${process.platform}-${process.arch}`, `node-bin-${process.platform}-${process.arch}`];
const name = names.find((each) => fs.existsSync(path.join(modules, each, 'bin/node')));

if (process.platform !== 'win32' && name && !fs.existsSync(link)) {
  fs.mkdirSync(path.dirname(link), { recursive: true });
  fs.rmSync(link, { force: true });
  fs.symlinkSync(`../${name}/bin/node`, link);
}
