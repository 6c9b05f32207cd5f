// Messages to and from the page that embeds this one: {ns: "edgewise", v: 1, type, ...}.
//
//   out   ready {caps}   state {hash, metrics, req?}   resize {height}   score {raw, min, max, success}: conditions of the lesson's goal that are met
//   in    set {hash}   get {req}   theme {value}   pause   resume
//
// The height goes out in the words of Canvas and of H5P too, whose pages resize a frame by themselves. Only the embedding page is listened to. What it sends goes through the same parsers as a link.
'use strict';

/** `program` has set(fragment), state(), pause(), resume(). Returns {ready(caps), settled(), resized(height)}; all do nothing when nobody embeds us. */
function edgewiseMessages(program) {
  if (window.parent === window) return {ready() {}, settled() {}, resized() {}};
  let host = '*';   // the origin of the embedding page, once it has spoken; what we send until then holds no secret
  const send = (message) => window.parent.postMessage({ns: 'edgewise', v: 1, ...message}, host);

  function metrics() {
    const {score, cost, lab} = program.state();
    if (lab) return {...lab.figures};   // a lab has figures of its own, by the keys that `edgewise lab` gives them
    const found = {};
    if (score) Object.assign(found, {metric: score.metric, acc: score.value, lo: score.low, hi: score.high, n: score.n});
    if (cost) Object.assign(found, {flash: cost.flash_bytes.total, ram: cost.ram_bytes.total, ms: cost.latency_ms, msLo: cost.latency_low_ms, msHi: cost.latency_high_ms});
    return found;
  }
  const sendState = (req) => send({type: 'state', hash: program.state().fragment, metrics: metrics(), ...(req === undefined ? {} : {req})});

  let height = 0, told = 0, waiting = 0;   // CSS pixels
  let scored;                              // conditions met, as last told
  function tellHeight() {
    waiting = 0;
    told = height;
    send({type: 'resize', height});
    window.parent.postMessage({subject: 'lti.frameResize', height}, '*');
    window.parent.postMessage({context: 'h5p', action: 'resize', scrollHeight: height, height}, '*');   // older resizers read `height`
  }

  window.addEventListener('message', ({source, origin, data}) => {
    if (source !== window.parent) return;
    if (data?.context === 'h5p' && data.action === 'resize' && height > 0) tellHeight();   // the page around us has another width now
    if (data?.ns !== 'edgewise' || data.v !== 1) return;
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
      window.parent.postMessage({context: 'h5p', action: 'hello'}, '*');
    },
    settled() {
      sendState();
      const {goal} = program.state();
      if (!goal || scored === goal.met) return;
      scored = goal.met;
      send({type: 'score', raw: goal.met, min: 0, max: goal.of, success: goal.met === goal.of});
    },
    /** What the page needs to be seen whole; 0 where it takes what it gets. Told once it rests, and not for a pixel. */
    resized(wanted) {
      height = Math.ceil(wanted);
      if (height > 0 && Math.abs(height - told) >= 2) waiting ||= setTimeout(tellHeight, 100);
    },
  };
}
