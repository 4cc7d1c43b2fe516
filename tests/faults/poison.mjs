// Preloaded (node --import) into a process under test: whoever understands a text with the word in POISON dies on the spot, as of memory that ran out.
const word = process.env.POISON;
const { toLowerCase } = String.prototype;
Error.stackTraceLimit = 50;
String.prototype.toLowerCase = function () {
  if (this.includes(word) && new Error().stack.includes('/dialogue/')) process.kill(process.pid, 'SIGKILL');
  return toLowerCase.call(this);
};
