// Appended to evaluator.js: one message in, one reply out. A trap or a full memory ends the worker, and the page starts another.
if (typeof WorkerGlobalScope !== 'undefined') {
  const ready = EdgewiseEvaluator().then((module) => ({module, worker: module._session_new()}));
  self.onmessage = async ({data}) => {
    try {
      const {module, worker} = await ready;
      const message = module._session_allocate(data.byteLength);
      if (!message) throw new Error('out of memory');
      module.HEAPU8.set(new Uint8Array(data), message);
      const size = module._session_handle(worker, message, data.byteLength);
      const at = module._session_reply(worker);
      const reply = module.HEAPU8.slice(at, at + size).buffer;
      self.postMessage(reply, [reply]);
    } catch (error) {
      self.postMessage(String(error?.message ?? error));   // a text instead of bytes: it was the last word
      self.close();
    }
  };
}
