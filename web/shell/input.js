// Pointer, wheel, keys and dropped files, from the browser to the program.
'use strict';

/**
 * `app` is the element that holds canvas and mirror. `program` has pointer(x, y, button, down, touch), wheel(x, y), key(key, down, event), focus(has),
 * drag(over), file(name, bytes), fileRefused(name, why). `mirror` is edgewiseMirror's. `isEmbedded()`: is there a page around us that wants to scroll?
 */
function edgewiseInput(app, program, mirror, isEmbedded) {
  const away = -1e6;
  let isTouch = false;
  const at = (event) => { const box = app.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
  const buttons = {0: 0, 1: 2, 2: 1};   // DOM: left, middle, right

  app.addEventListener('pointermove', (event) => {
    if (!event.isPrimary) return;
    isTouch = event.pointerType === 'touch';
    program.pointer(...at(event), -1, false, isTouch);
  });
  app.addEventListener('pointerdown', (event) => {
    if (!event.isPrimary || event.target.closest('#cover')) return;
    isTouch = event.pointerType === 'touch';
    app.setPointerCapture(event.pointerId);   // a drag goes on outside of the frame
    const [x, y] = at(event);
    program.pointer(x, y, buttons[event.button] ?? -1, true, isTouch);
    app.classList.add('pointed');   // the ring is for those who came by keyboard
    (mirror.controlAt(x, y) ?? document.getElementById('canvas')).focus({preventScroll: true});   // the keyboard goes on from here
  });
  const released = (event) => {
    if (!event.isPrimary) return;
    program.pointer(...at(event), buttons[event.button] ?? 0, false, isTouch);
    if (event.pointerType === 'touch') program.pointer(away, away, -1, false, true);   // a finger that is gone hovers over nothing
  };
  app.addEventListener('pointerup', released);
  app.addEventListener('pointercancel', released);
  app.addEventListener('pointerleave', (event) => { if (event.isPrimary) program.pointer(away, away, -1, false, isTouch); });
  app.addEventListener('mousedown', (event) => { if (!event.target.closest('#cover')) event.preventDefault(); });   // no selection, no native slider drag
  app.addEventListener('contextmenu', (event) => event.preventDefault());

  // The page around us scrolls on until somebody has clicked into ours.
  const isOurs = () => !isEmbedded() || (document.hasFocus() && app.contains(document.activeElement));
  app.addEventListener('wheel', (event) => {
    if (event.ctrlKey || !isOurs()) return;   // with Ctrl it is the browser's zoom
    event.preventDefault();
    const line = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 100 : event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 3 : 1;   // one notch is 100 pixels or 3 lines
    program.wheel(event.deltaX / line, event.deltaY / line);
  }, {passive: false});

  // Native controls keep the keys they understand; the rest is the program's, undo above all.
  const native = new Set(['Tab', 'Enter', ' ', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown']);
  for (const type of ['keydown', 'keyup'])
    window.addEventListener(type, (event) => {
      app.classList.remove('pointed');
      const onControl = event.target !== document.body && event.target.id !== 'canvas';
      if (event.target.classList?.contains('typed') && event.key !== 'Escape') return;   // it is being typed into
      if (event.isComposing || event.key === 'Tab' || (onControl && native.has(event.key))) return;
      program.key(event.key, type === 'keydown', event);
      const isUndo = (event.ctrlKey || event.metaKey) && ['z', 'Z', 'y', 'Y'].includes(event.key);
      if (isUndo || (!onControl && native.has(event.key) && !isEmbedded())) event.preventDefault();
    });
  window.addEventListener('focus', () => program.focus(true));
  window.addEventListener('blur', () => program.focus(false));

  // A control that gets the focus while it is scrolled out of sight (then it lies flat on the edge of its view) is scrolled into it, notch by notch.
  app.addEventListener('focusin', (event) => {
    const element = event.target;
    const seek = (left) => {
      const rect = mirror.rectOf(element);
      if (!rect || rect[3] > 0 || left === 0 || document.activeElement !== element) return;
      const [x, y, w] = rect, isAbove = y < app.clientHeight / 2;
      program.pointer(x + w / 2, isAbove ? y + 8 : y - 8, -1, false, false);   // what is under the pointer scrolls
      program.wheel(0, isAbove ? -1 : 1);
      requestAnimationFrame(() => requestAnimationFrame(() => seek(left - 1)));
    };
    seek(60);
  });

  // ---- files
  const most = 64 * 1024 * 1024;
  /** All are read before the first is handed over, in one frame: data finds the model, and labels the samples, that they were dropped with. */
  async function take(files) {
    const read = await Promise.all(files.map(async (file) => {
      if (file.size > most) return {name: file.name, why: `it has ${file.size} bytes, the limit is ${most}`};
      try { return {name: file.name, bytes: new Uint8Array(await file.arrayBuffer())}; }
      catch (error) { return {name: file.name, why: `it cannot be read (${error.message})`}; }
    }));
    for (const {name, bytes, why} of read) {
      if (bytes) program.file(name, bytes);
      else program.fileRefused(name, why);
    }
  }
  const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes('Files');
  let depth = 0;   // dragenter and dragleave come for every element passed
  window.addEventListener('dragenter', (event) => { if (hasFiles(event) && ++depth === 1) program.drag(true); });
  window.addEventListener('dragleave', (event) => { if (hasFiles(event) && --depth <= 0) { depth = 0; program.drag(false); } });
  window.addEventListener('dragover', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
  });
  window.addEventListener('drop', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth = 0;
    program.drag(false);
    take([...event.dataTransfer.files]);
  });
  const chooser = document.getElementById('chooser');
  chooser.addEventListener('change', () => { take([...chooser.files]).then(() => { chooser.value = ''; }); });

  return {take, isTouch: () => isTouch};
}
