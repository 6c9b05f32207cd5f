// An evaluator: first the compiled program comes, then one message in, one reply out. A trap or a full memory ends it, and the page starts another.
'use strict';

let program;   // its window is never opened
const started = new Promise((start) => {
  self.onmessage = ({data: {script, compiled}}) => {
    self.onmessage = answer;
    if (script) importScripts(script);   // else it stands above this one
    start(EdgewiseProgram({
      noInitialRun: true,
      instantiateWasm(imports, done) { WebAssembly.instantiate(compiled, imports).then((instance) => done(instance, compiled)); return {}; },
    }));
  };
}).then((loaded) => {
  program = loaded;
  return program._session_new();
});

async function answer({data}) {
  try {
    const session = await started;
    const message = program._session_allocate(data.byteLength);
    if (!message) throw new Error('out of memory');
    program.HEAPU8.set(new Uint8Array(data), message);
    const size = program._session_handle(session, message, data.byteLength);
    const at = program._session_reply(session);
    const reply = program.HEAPU8.slice(at, at + size).buffer;
    self.postMessage(reply, [reply]);
  } catch (error) {
    const isFull = error instanceof WebAssembly.RuntimeError && program.HEAPU8.length > 256 * 2 ** 20;   // it asked for more than was left
    self.postMessage(isFull ? 'out of memory' : String(error?.message ?? error));   // a text instead of bytes: it was the last word
    self.close();
  }
}
