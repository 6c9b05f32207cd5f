// Messages to and from the page that embeds this one: {ns: "edgewise", v: 1, type, ...}.
//
//   out   ready {caps}   state {hash, metrics, req?}
//   in    set {hash}   get {req}   theme {value}   pause   resume
//
// Only the embedding page is listened to. What it sends goes through the same parsers as a link.
'use strict';

/** `program` has set(fragment), state(), pause(), resume(). Returns {ready(caps), settled()}; both do nothing when nobody embeds us. */
function edgewiseMessages(program) {
  if (window.parent === window) return {ready() {}, settled() {}};
  let host = '*';   // the origin of the embedding page, once it has spoken; what we send until then holds no secret
  const send = (message) => window.parent.postMessage({ns: 'edgewise', v: 1, ...message}, host);

  function metrics() {
    const {score, cost, lab} = program.state();
    if (lab) return {...lab.figures};   // a lab has figures of its own, by the keys that `edgewise lab` gives them
    const found = {};
    if (score) Object.assign(found, {acc: score.value, lo: score.low, hi: score.high, n: score.n});
    if (cost) Object.assign(found, {flash: cost.flash_bytes.total, ram: cost.ram_bytes.total, ms: cost.latency_ms, msLo: cost.latency_low_ms, msHi: cost.latency_high_ms});
    return found;
  }
  const sendState = (req) => send({type: 'state', hash: program.state().fragment, metrics: metrics(), ...(req === undefined ? {} : {req})});

  window.addEventListener('message', ({source, origin, data}) => {
    if (source !== window.parent || data?.ns !== 'edgewise' || data.v !== 1) return;
    if (origin !== 'null') host = origin;
    switch (data.type) {
      case 'set': if (typeof data.hash === 'string' && data.hash.length <= 100_000) program.set(data.hash); break;
      case 'get': sendState(['string', 'number'].includes(typeof data.req) ? data.req : undefined); break;
      case 'theme': if (['auto', 'dark', 'light'].includes(data.value)) program.theme(data.value); break;
      case 'pause': program.pause(); break;
      case 'resume': program.resume(); break;
    }
  });

  return {
    ready(caps) {
      send({type: 'ready', id: 'edgewise', caps});
      window.parent.postMessage({subject: 'lti.frameResize', height: document.documentElement.scrollHeight}, '*');   // Canvas; others ignore it
    },
    settled() { sendState(); },
  };
}
