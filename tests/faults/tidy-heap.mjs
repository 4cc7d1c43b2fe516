// Preloaded (node --import) into a process under test: garbage is collected every second, so that the heap's size is what is in use.
import v8 from 'node:v8';
import vm from 'node:vm';

v8.setFlagsFromString('--expose-gc');
setInterval(vm.runInNewContext('gc'), 1_000).unref();
