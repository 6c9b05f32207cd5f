// An evaluator: first the compiled program comes, then one message in, one reply out. A trap or a full memory ends it, and the page starts another.
'use strict';

let program;   // its exports
const noFile = () => 8;   // EBADF: the library that reads archives could use files too; here nothing opens one
const imports = {
  env: {edgewise_now_ms: () => performance.now(), emscripten_notify_memory_growth() {}},
  wasi_snapshot_preview1: {fd_write: noFile, fd_read: noFile, fd_close: noFile, fd_seek: noFile},
};
const started = new Promise((start) => {
  self.onmessage = ({data}) => {
    self.onmessage = answer;
    start(WebAssembly.instantiate(data, imports));
  };
}).then((instance) => {
  program = instance.exports;
  program._initialize?.();
  return program.session_new();
});

async function answer({data}) {
  try {
    const session = await started;
    const message = program.session_allocate(data.byteLength);
    if (!message) throw new Error('out of memory');
    new Uint8Array(program.memory.buffer, message).set(new Uint8Array(data));
    const size = program.session_handle(session, message, data.byteLength);
    const at = program.session_reply(session);
    const reply = program.memory.buffer.slice(at, at + size);
    self.postMessage(reply, [reply]);
  } catch (error) {
    const isFull = error instanceof WebAssembly.RuntimeError && program.memory.buffer.byteLength > 256 * 2 ** 20;   // of 512: it asked for more than was left
    self.postMessage(isFull ? 'out of memory' : String(error?.message ?? error));   // a text instead of bytes: it was the last word
    self.close();
  }
}
