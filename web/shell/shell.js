// Starts the program and stands between it and the browser: loading, workers, the link, window.edgewise. No framework; only what C++ cannot reach.
'use strict';

(() => {
  const $ = (id) => document.getElementById(id);
  const app = $('app'), canvas = $('canvas'), cover = $('cover');
  const encoder = new TextEncoder();
  const bare = location.href.split('#')[0];
  const isFramed = window.parent !== window;
  const parameters = () => new URLSearchParams(location.hash.slice(1));
  document.documentElement.classList.toggle('framed', isFramed);
  app.classList.toggle('embedded', parameters().get('embed') === '1');
  const theme = parameters().get('theme');
  if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;

  // ---- what is said when it cannot go on

  function say(title, words, {over = false, failed = true} = {}) {
    cover.hidden = false;
    cover.classList.toggle('failed', failed);
    cover.classList.toggle('over', over);
    $('cover-title').textContent = title;
    $('cover-text').textContent = words;
    $('cover-button').hidden = !failed;
    $('cover-progress').hidden = failed;
  }
  const sentences = {
    wasm: ['This browser has no WebAssembly', 'Edgewise computes in the page and needs it. Any browser from 2021 on has it, unless it was switched off in the settings.'],
    simd: ['This browser lacks WebAssembly SIMD', 'Edgewise needs it to compute fast enough. Chrome and Edge have it since 91, Firefox since 89, Safari since 16.4.'],
    workers: ['This browser starts no workers', 'Edgewise computes in Web Workers, so that the page never waits. The page around this one, or a setting, may forbid them: open it in a tab of its own.'],
    webgl2: ['This browser gives no WebGL 2', 'The page is drawn with it. Switch on hardware acceleration in the settings, or try another browser.'],
    lost: ['The picture is gone for a moment', 'The graphics card was taken away from this page. It comes back by itself where the browser allows it; your state is kept in the link.'],
    stopped: ['The page has stopped', 'Something it did not expect happened. Your state is in the link: reload to go on with it.'],
    network: ['The program could not be loaded', 'A file did not come. Reload when the network is back.'],
  };
  const refuse = (which, detail = '') => say(sentences[which][0], `${sentences[which][1]}${detail && ` (${detail})`}`);
  $('cover-button').addEventListener('click', () => location.reload());

  // The smallest modules with a vector instruction, and with a relaxed one.
  const simd = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11]);
  const relaxedSimd = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 19, 1, 17, 0,
    65, 0, 253, 15, 65, 0, 253, 15, 65, 0, 253, 15, 253, 147, 2, 11]);

  // ---- loading

  function script(url) {
    return new Promise((done, failed) => {
      const element = document.createElement('script');
      element.src = url;
      element.onload = done;
      element.onerror = () => failed(new Error(url));
      document.head.append(element);
    });
  }

  // Where a page may not fetch its own files (opened from a disk, or in a frame sandboxed without an origin), each comes inside a script.
  async function fromBundle(path) {
    await script(`bundled/${path}.js`);
    const bytes = Uint8Array.from(atob(edgewiseBundled[path]), (c) => c.charCodeAt(0));
    delete edgewiseBundled[path];
    return bytes;
  }
  const mayFetch = location.protocol !== 'file:' && self.origin !== 'null';
  async function load(path) {
    if (mayFetch) {
      const answer = await fetch(path);
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      return new Uint8Array(await answer.arrayBuffer());
    }
    try { return await fromBundle(path); }
    catch { throw new Error('it is not among the files that came with the page'); }
  }

  const build = WebAssembly.validate(relaxedSimd) ? 'relaxed' : 'simd128';
  const filesOf = (program) => ({script: `${program}-${build}.js`, wasm: `${program}-${build}.wasm`});

  /** The compiled program; the bar shows how much of it is here. */
  async function compile() {
    const total = Number(document.documentElement.dataset.wasmBytes) || 1;
    const progress = $('cover-progress');
    if (!mayFetch) return WebAssembly.compile(await fromBundle(filesOf('playground').wasm));
    const answer = await fetch(filesOf('playground').wasm);
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    let have = 0;
    const counted = answer.body.pipeThrough(new TransformStream({
      transform(chunk, controller) {
        have += chunk.length;
        progress.value = Math.min(1, have / total);
        controller.enqueue(chunk);
      },
    }));
    return WebAssembly.compileStreaming(new Response(counted, {headers: {'Content-Type': 'application/wasm'}}));
  }

  // ---- the program, once it runs

  let ownProgram;        // compiled: the page runs it, and so do the workers that score
  let module, program;   // Emscripten's module; the pointer its exports take
  const early = [];      // what was asked before that
  const whenStarted = (then) => { if (program) then(); else early.push(then); };

  function withText(text, call) {
    const bytes = encoder.encode(`${text}\0`);
    const at = module._edgewise_allocate(bytes.length);
    module.HEAPU8.set(bytes, at);
    call(at);
    module._edgewise_free(at);
  }
  /** Bytes in the program's memory; whoever gets them frees them. */
  function handOver(bytes) {
    const at = module._edgewise_allocate(bytes.length);
    module.HEAPU8.set(bytes, at);
    return at;
  }
  const calls = {
    pointer: (x, y, button, down, touch) => {
      if (button === 0 && !down) speaker.pressed(mirror.controlAt(x, y)?.dataset.id);
      module._edgewise_pointer(program, x, y, button, down, touch);
    },
    wheel: (x, y) => module._edgewise_wheel(program, x, y),
    key: (key, down, e) => withText(key, (at) => module._edgewise_key(program, at, down, e.ctrlKey, e.shiftKey, e.altKey, e.metaKey)),
    focus: (has) => module._edgewise_focus(program, has),
    drag: (over) => module._edgewise_drag(program, over),
    file: (name, bytes) => withText(name, (at) => module._edgewise_file(program, at, handOver(bytes), bytes.length)),
    fileRefused: (name, why) => withText(name, (at) => withText(why, (because) => module._edgewise_file_refused(program, at, because))),
    act: (id, number) => {
      speaker.pressed(id);
      withText(id, (at) => module._edgewise_act(program, at, number !== undefined, number ?? 0));
    },
    typed: (id, words) => withText(id, (at) => withText(words, (text) => module._edgewise_typed(program, at, text))),
  };
  /** The same functions, silent until the program runs and after it has stopped. */
  const guarded = Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, (...all) => { if (program && !hasStopped) guard(() => call(...all)); }]));

  let hasStopped = false;
  function guard(call) {
    try { return call(); }
    catch (error) {
      hasStopped = true;
      say(...sentences.stopped);
      throw error;   // for the console
    }
  }

  const mirror = edgewiseMirror($('mirror'), guarded.act, guarded.typed);
  const input = edgewiseInput(app, guarded, mirror, () => isFramed);

  // ---- sound: only after a press

  const speaker = (() => {
    let context, source;
    const silence = () => { source?.stop(); source = undefined; };
    return {
      /** Some browsers let sound begin only inside the press itself; the samples come a moment later. */
      pressed(id) {
        if (id !== 'recording:play' || !window.AudioContext) return;
        context ??= new AudioContext();
        context.resume();
      },
      play(samples, rate) {
        silence();
        if (!context) return;
        const buffer = context.createBuffer(1, samples.length, rate), own = context.createBufferSource();
        buffer.copyToChannel(samples, 0);
        own.buffer = buffer;
        own.connect(context.destination);
        own.onended = () => { if (source === own || !source) { source = undefined; context.suspend(); } };   // at rest it takes no power
        own.start();
        source = own;
      },
      silence,
    };
  })();

  // ---- frames: one when it is asked for, none otherwise

  const dark = matchMedia('(prefers-color-scheme: dark)'), still = matchMedia('(prefers-reduced-motion: reduce)');
  let themeFromHost = 'auto', isPaused = false, frame = 0, timer = 0;
  function requestFrame(delay) {
    if (frame || isPaused || hasStopped) return;
    if (delay > 0) { timer ||= setTimeout(() => { timer = 0; requestFrame(0); }, delay); return; }
    frame = requestAnimationFrame((now) => {
      frame = 0;
      const isDark = themeFromHost === 'auto' ? dark.matches : themeFromHost === 'dark';
      guard(() => module._edgewise_frame(program, now, app.clientWidth, app.clientHeight, window.devicePixelRatio || 1, isDark, still.matches, input.isTouch()));
      if (isFramed && !hasStopped) messages.resized(module._edgewise_content_height(program));
    });
  }
  const wake = () => { if (program && !hasStopped) guard(() => module._edgewise_wake(program)); };
  new ResizeObserver(wake).observe(app);
  dark.addEventListener('change', wake);
  still.addEventListener('change', wake);
  (function watchRatio() {
    matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`).addEventListener('change', () => { wake(); watchRatio(); }, {once: true});
  })();
  document.addEventListener('visibilitychange', () => { if (!document.hidden) wake(); });

  canvas.addEventListener('webglcontextlost', (event) => {
    event.preventDefault();   // this is what allows it to come back
    if (!program) return;
    module._edgewise_context(program, false);
    say(...sentences.lost, {over: true});
  });
  canvas.addEventListener('webglcontextrestored', () => {
    cover.hidden = true;
    guard(() => module._edgewise_context(program, true));
  });

  // ---- the link

  let written, writing = 0, seen = location.hash;
  function writeFragment(fragment) {
    written = fragment;
    document.documentElement.dataset.theme = new URLSearchParams(fragment).get('theme') ?? '';   // what is typed into is drawn by the browser, in these colours
    writing ||= setTimeout(() => {   // browsers allow about a hundred of these in half a minute
      writing = 0;
      if (location.hash !== seen) return;   // somebody has just gone elsewhere: hashchange will tell
      try { history.replaceState(null, '', `#${written}`); } catch { /* a sandboxed frame may not: the state is still in state() */ }
      seen = location.hash;
    }, 150);
  }
  const setFragment = (fragment) => whenStarted(() => guard(() => withText(fragment, (at) => module._edgewise_set_fragment(program, at))));
  window.addEventListener('hashchange', () => { seen = location.hash; if (seen.slice(1) !== written) setFragment(location.hash.slice(1)); });

  function state() {
    if (!program) return {fragment: location.hash.slice(1), model: null, recipe: null, board: null, library: null, busy: true, score: null, cost: null, memory: {page_bytes: 0, worker_bytes: []}, frames: 0};
    const at = module._edgewise_state(program);
    const end = module.HEAPU8.indexOf(0, at);
    const found = JSON.parse(new TextDecoder().decode(module.HEAPU8.subarray(at, end)));
    found.memory.page_bytes = module.HEAPU8.length;   // with worker_bytes: all that this tab's programs hold
    return found;
  }

  /** What scripts and course pages use. */
  window.edgewise = {
    state,
    set: (fragment) => setFragment(String(fragment).replace(/^#/, '')),
    open: (file) => whenStarted(() => input.take([file])),
  };
  const messages = edgewiseMessages({
    state,
    set: window.edgewise.set,
    theme: (value) => { themeFromHost = value; wake(); },
    pause: () => { isPaused = true; },
    resume: () => { isPaused = false; wake(); },
  });

  // ---- evaluators

  const workers = new Map();   // by number: {worker, waiting: messages until it is there, silent: seconds it owes an answer}
  let nextWorker = 1, watch = 0;
  const kits = new Map();   // by program
  /** What all workers of a program share: it, compiled once, and where the scripts are that start it. The page's own program scores; the workshop also does what takes seconds, and runs models for labs. */
  const kitOf = (program) => kits.get(program) ?? kits.set(program, (async () => {
    const {script, wasm} = filesOf(program);
    const compiled = program === 'playground' ? ownProgram : await WebAssembly.compile(await load(wasm));
    if (mayFetch) return {url: 'evaluator.js', first: {script, compiled}};
    const scripts = new Blob([await fromBundle(script), '\n', await fromBundle('evaluator.js')], {type: 'text/javascript'});   // a page without an origin may only start workers that it made itself
    return {url: URL.createObjectURL(scripts), first: {compiled}};
  })().catch((error) => { kits.delete(program); throw error; })).get(program);
  function workerFailed(id, why) {
    if (!workers.has(id)) return;
    const entry = workers.get(id);
    entry.worker?.terminate();
    entry.silent = -1;
    if (program && !hasStopped) withText(why, (at) => guard(() => module._edgewise_worker_failed(program, id, at)));
  }
  function startWorker(id, {url, first}) {
    const entry = workers.get(id);
    if (!entry) return;
    const worker = entry.worker = new Worker(url, {name: 'edgewise evaluator'});
    worker.onmessage = ({data}) => {
      if (workers.get(id) !== entry) return;
      if (typeof data === 'string') return workerFailed(id, data);
      entry.silent = -1;
      const bytes = new Uint8Array(data);
      if (!hasStopped) guard(() => module._edgewise_reply(program, id, handOver(bytes), bytes.length));
    };
    worker.onerror = (event) => { event.preventDefault(); workerFailed(id, event.message || 'it could not be started'); };
    worker.postMessage(first);
    for (const message of entry.waiting.splice(0)) postTo(entry, message);
  }
  function postTo(entry, message) {
    entry.silent = 0;
    entry.worker.postMessage(message, [message]);
    watch ||= setInterval(listen, 1000);
  }
  // A worker that the browser ended, or that is in a loop, says nothing about it. Ticks are counted, not the clock: they stop while the machine sleeps.
  const mostSilent = 10;   // s; a slice of work takes 0.1, the largest sample or file a few
  function listen() {
    for (const [id, entry] of workers)
      if (entry.silent >= 0 && ++entry.silent > mostSilent) workerFailed(id, `it did not answer for ${mostSilent} seconds`);
    if ([...workers.values()].every(({silent}) => silent < 0)) { clearInterval(watch); watch = 0; }
  }
  const host = {
    started(pointer) { program = pointer; },
    failed(why) { if (sentences[why]) refuse(why); else say(sentences.stopped[0], why); hasStopped = true; },
    requestFrame,
    fragment(text) {
      writeFragment(text);
      app.classList.toggle('embedded', new URLSearchParams(text).get('embed') === '1');
    },
    mirror(json) { mirror.show(JSON.parse(json)); },
    settled() {
      const detail = state();
      window.dispatchEvent(new CustomEvent('edgewise', {detail}));
      messages.settled();
      if (detail.model && !detail.lab) keepForOffline();   // now that everything of the first view is here; a lab is none of it
    },
    cursor(css) { app.style.cursor = css; },
    askOpen() { $('chooser').click(); },
    download(name, bytes) {
      const url = URL.createObjectURL(new Blob([bytes], {type: 'application/octet-stream'}));
      const link = document.createElement('a');
      link.href = url;
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 10_000);
    },
    open(address) { window.open(address, '_blank', 'noopener'); },
    copy(text) { navigator.clipboard?.writeText(text).catch(() => copyBySelection(text)) ?? copyBySelection(text); },
    fetch(path) {
      load(`assets/${path}`).then(
        (bytes) => withText(path, (at) => module._edgewise_asset(program, at, handOver(bytes), bytes.length)),
        (error) => withText(path, (at) => withText(error.message, (why) => module._edgewise_asset_failed(program, at, why))));
    },
    workerStart(onlyScores) {
      const id = nextWorker++;
      workers.set(id, {worker: null, waiting: [], silent: -1});
      kitOf(onlyScores ? 'playground' : 'workshop').then((kit) => startWorker(id, kit)).catch((error) => workerFailed(id, error.message));
      return id;
    },
    workerSend(id, bytes) {
      const entry = workers.get(id);
      if (entry.worker) postTo(entry, bytes.buffer);
      else entry.waiting.push(bytes.buffer);
    },
    play: speaker.play,
    silence: speaker.silence,
    workerEnd(id) {
      workers.get(id)?.worker?.terminate();
      workers.delete(id);
    },
  };

  function copyBySelection(text) {   // where the page around us has not allowed the clipboard
    const area = document.createElement('textarea');
    area.value = text;
    app.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }

  // ---- a second visit without a network

  const mayKeep = mayFetch && window.isSecureContext && 'serviceWorker' in navigator;
  let isKept = false;
  function keepForOffline() {
    if (!mayKeep || isKept) return;
    isKept = true;
    const programs = ['playground', 'workshop'].flatMap((program) => Object.values(filesOf(program)));
    navigator.serviceWorker.register(`offline.js?${programs.map((path) => `with=${path}`).join('&')}`).catch(() => { /* not allowed here: the page works, and needs the network the next time */ });
  }

  async function start() {
    if (typeof WebAssembly !== 'object' || !WebAssembly.compile) return refuse('wasm');
    if (!WebAssembly.validate(simd)) return refuse('simd');
    if (typeof Worker !== 'function') return refuse('workers');
    try {
      [ownProgram] = await Promise.all([compile(), script(filesOf('playground').script)]);
    } catch (error) {
      return refuse('network', error.message);
    }
    try {
      await EdgewiseProgram({
        host,
        arguments: ['--fragment', location.hash.slice(1), '--address', bare, '--cores', String(navigator.hardwareConcurrency || 1), ...(isFramed ? ['--embedded'] : [])],
        instantiateWasm(imports, done) { WebAssembly.instantiate(ownProgram, imports).then((instance) => done(instance, ownProgram)); return {}; },
        preRun(made) { module = made; },
      });
    } catch (error) {
      hasStopped = true;
      say(...sentences.stopped);
      throw error;
    }
    if (!program) return;
    cover.hidden = true;
    early.splice(0).forEach((then) => then());
    wake();
    messages.ready({offline: mayKeep, workers: true});
  }
  start();
})();
