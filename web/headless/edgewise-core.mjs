// Edgewise without a page: small neural networks in exact integers, in a browser, a Worker or node. No dependencies, no eval, no network after the two files.
//
//   import Edgewise from './edgewise-core.mjs';
//   const edgewise = await Edgewise();
//   using model = edgewise.load(bytes);          // or model.free() when done
//   const [scores] = model.run([samples]);
//
// Beside this file lie two builds of one program, edgewise-core-relaxed.wasm and edgewise-core-simd128.wasm. They give the same bytes; the first is faster where
// the browser has relaxed SIMD. edgewise-core.d.mts says what each function takes and gives.

/** The smallest modules with an instruction of each kind: i32x4.relaxed_dot_i8x16_i7x16_add_s, and i8x16.popcnt. */
const head = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10];
const zeros = [65, 0, 253, 15];
const relaxedProbe = [...head, 19, 1, 17, 0, ...zeros, ...zeros, ...zeros, 253, 147, 2, 11];
const baselineProbe = [...head, 10, 1, 8, 0, ...zeros, 253, 98, 11];
const understands = (module) => WebAssembly.validate(new Uint8Array(module));

const memoryBytes = 512 * 2 ** 20;   // as the .wasm files are linked: they never hold more
const blockBytes = 2 ** 20;          // of samples that runBatch moves at a time
const rehearsalMs = 50;              // see Model.#rehearse: about what a browser takes to begin and finish optimising a kernel, and the way there

const arrays = {
  float32: Float32Array, float64: Float64Array, bool: Uint8Array, int8: Int8Array, uint8: Uint8Array, int16: Int16Array, uint16: Uint16Array,
  int32: Int32Array, uint32: Uint32Array, int64: BigInt64Array, uint64: BigUint64Array,
};

/** What everything here throws: a sentence, and in parts what was read, what is wrong with it and where. */
export class EdgewiseError extends Error {
  constructor({message, reason, offset = null, where = '', file = '', advice = ''}) {
    super(message ?? reason);
    this.name = 'EdgewiseError';
    Object.assign(this, {reason, offset, where, file, advice});
  }
}
const refuse = (reason, where = '', advice = '') => { throw new EdgewiseError({reason, where, advice, message: `${where && `${where}: `}${reason}${advice && `. ${advice}`}`}); };

/** `source`: a compiled module, its bytes, or where to get them. */
async function compiled(source) {
  if (source instanceof WebAssembly.Module) return source;
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return WebAssembly.compile(source);
  const url = new URL(source, import.meta.url);
  if (url.protocol === 'file:' && typeof process === 'object') {
    const {readFile} = await import('node:fs/promises');
    return WebAssembly.compile(await readFile(url));
  }
  const answer = await fetch(url);
  if (!answer.ok) refuse(`it did not come: status ${answer.status}`, String(url));
  return answer.headers.get('Content-Type')?.startsWith('application/wasm') ? WebAssembly.compileStreaming(answer) : WebAssembly.compile(await answer.arrayBuffer());
}

/** One program with its memory. Every call into it goes through here, so that one that has stopped is not called again. */
class Program {
  #stopped = null;
  #encoder = new TextEncoder();
  #decoder = new TextDecoder();

  constructor(instance) {
    this.exports = instance.exports;
    this.exports._initialize?.();
    this.core = this.call('core_new');
  }
  get buffer() { return this.exports.memory.buffer; }

  call(name, ...values) {
    if (this.#stopped) throw this.#stopped;
    try { return this.exports[name](...values); }
    catch (error) {
      const full = this.buffer.byteLength > memoryBytes / 2 ? `, perhaps out of memory: the limit is ${memoryBytes / 2 ** 20} MiB` : '';
      this.#stopped = new EdgewiseError({reason: `the core has stopped (${error.message}${full})`, advice: 'Make another one with Edgewise(), and load the model again'});
      throw this.#stopped;
    }
  }
  bytes(at, size) { return new Uint8Array(this.buffer, at, size); }
  text() { return this.#decoder.decode(this.bytes(this.call('core_text', this.core), this.call('core_text_size', this.core))); }
  json() { return JSON.parse(this.text()); }
  fail() { throw new EdgewiseError(this.json()); }

  /** Lends the program `contents` (a text or bytes) for the time of `use(at, size)`. */
  lend(contents, use) {
    const bytes = typeof contents === 'string' ? this.#encoder.encode(contents) : new Uint8Array(contents.buffer ?? contents, contents.byteOffset ?? 0, contents.byteLength);
    const at = bytes.length < memoryBytes && this.call('core_allocate', bytes.length) || refuse(`there is no room for ${bytes.length} bytes, the core may hold ${memoryBytes}`);
    this.bytes(at, bytes.length).set(bytes);
    try { return use(at, bytes.length); }
    finally { this.release('core_release', at); }
  }
  /** Gives something back. What has stopped has nothing any more. */
  release(name, at) { if (!this.#stopped) this.call(name, at); }
}

function giveBack(program, handle, owned) {
  if (owned.block) program.release('core_release', owned.block.samplesAt);
  program.release('core_free', handle);
}
/** A model that nobody can reach any more is freed, some time later. */
const forgotten = typeof FinalizationRegistry === 'function' ? new FinalizationRegistry((free) => free()) : null;

class Model {
  #program; #handle; #ends; #name;
  #ready = null;   // once it has run: where its inputs and outputs are
  #owned = {block: null};   // what goes with it: the memory of runBatch

  constructor(program, handle, name) {
    this.#program = program;
    this.#handle = handle;
    this.#name = name;
    program.call('core_ends', program.core, handle);
    this.#ends = program.json();
    forgotten?.register(this, giveBack.bind(null, program, handle, this.#owned), this);
  }
  #alive() {
    if (this.#handle === 0) refuse('the model was freed', this.#name, 'Load it again');
    return this.#handle;
  }

  get inputs() { return this.#ends.inputs.map(({elements, ...rest}) => rest); }
  get outputs() { return this.#ends.outputs.map(({elements, ...rest}) => rest); }

  #prepare() {
    const handle = this.#alive();
    if (this.#ready) return this.#ready;
    if (!this.#program.call('core_prepare', this.#program.core, handle, this.#program.relaxedDot)) this.#program.fail();
    const place = (call) => (end, index) => {
      const Type = arrays[end.dtype] ?? refuse(`JavaScript has no array of ${end.dtype}`, end.name);
      return {...end, Type, at: this.#program.call(call, handle, index), bytes: end.elements * Type.BYTES_PER_ELEMENT, view: new Type(0)};
    };
    this.#ready = {inputs: this.#ends.inputs.map(place('core_input')), outputs: this.#ends.outputs.map(place('core_output'))};
    if (this.#program.call('core_may_rehearse', handle)) this.#rehearse();
    return this.#ready;
  }
  /** Runs a small model on zeros for a while, so that the browser has optimised what a run takes before somebody waits for one. Leaves nothing behind. */
  #rehearse() {
    const zeros = this.#ready.inputs.map(({Type, elements}) => new Type(elements));
    const end = performance.now() + rehearsalMs;
    try { do this.run(zeros); while (performance.now() < end); }
    catch { /* zeros are nothing to it: it is not rehearsed */ }
    this.reset();
  }
  /** The typed array over an input or output; made again when the memory has grown. */
  #view(end) {
    if (end.view.buffer !== this.#program.buffer) end.view = new end.Type(this.#program.buffer, end.at, end.elements);
    return end.view;
  }
  #check(array, end, what) {
    if (!(array instanceof end.Type)) refuse(`it is ${describe(array)}, the model has ${end.Type.name} there`, what);
    if (array.length !== end.elements) refuse(`it has ${array.length} elements, the model has ${end.elements} there (${end.shape.join('x')})`, what);
  }

  run(inputs, into) {
    const ready = this.#prepare();
    if (!Array.isArray(inputs) || inputs.length !== ready.inputs.length)
      refuse(`run wants a list of ${ready.inputs.length} typed arrays, one for each input; ${Array.isArray(inputs) ? `there are ${inputs.length}` : `this is ${describe(inputs)}`}`, this.#name);
    for (let i = 0; i < inputs.length; ++i) this.#check(inputs[i], ready.inputs[i], `input ${i}`);
    if (into !== undefined) {
      if (!Array.isArray(into) || into.length !== ready.outputs.length) refuse(`outputs go into a list of ${ready.outputs.length} typed arrays`, this.#name);
      for (let i = 0; i < into.length; ++i) this.#check(into[i], ready.outputs[i], `output ${i}`);
    }
    for (let i = 0; i < inputs.length; ++i) this.#view(ready.inputs[i]).set(inputs[i]);
    if (!this.#program.call('core_run', this.#program.core, this.#handle)) this.#program.fail();
    if (into === undefined) return ready.outputs.map((end) => this.#view(end).slice());
    for (let i = 0; i < into.length; ++i) into[i].set(this.#view(ready.outputs[i]));
    return into;
  }

  runBatch(samples, n) {
    const ready = this.#prepare(), program = this.#program;
    if (ready.inputs.length !== 1) refuse(`runBatch is for models with one input, this one has ${ready.inputs.length}`, this.#name, 'Call run for each sample');
    const [input] = ready.inputs;
    if (!Number.isSafeInteger(n) || n < 0) refuse(`the number of samples is ${n}`, 'n');
    if (!(samples instanceof input.Type)) refuse(`they are ${describe(samples)}, the model reads ${input.Type.name}`, 'samples');
    if (samples.length < input.elements * n) refuse(`there are ${samples.length} elements, ${n} samples of ${input.shape.join('x')} take ${input.elements * n}`, 'samples');
    const outputs = ready.outputs.map((end) => new end.Type(end.elements * n));
    const bytesOut = ready.outputs.reduce((sum, end) => sum + end.bytes, 0);
    const {samplesAt, outputsAt, count} = this.#owned.block ??= this.#newBlock(input.bytes, bytesOut);
    for (let first = 0; first < n; first += count) {
      const now = Math.min(count, n - first);
      new input.Type(program.buffer, samplesAt, now * input.elements).set(samples.subarray(first * input.elements, (first + now) * input.elements));
      if (!program.call('core_run_batch', program.core, this.#handle, samplesAt, outputsAt, now)) program.fail();
      let at = outputsAt;
      for (const [k, end] of ready.outputs.entries()) {
        new Uint8Array(outputs[k].buffer).set(program.bytes(at, now * end.bytes), first * end.bytes);
        at += now * end.bytes;
      }
    }
    return outputs;
  }
  #newBlock(bytesIn, bytesOut) {
    const count = Math.max(1, Math.floor(blockBytes / Math.max(1, bytesIn + bytesOut)));
    const samplesAt = this.#program.call('core_allocate', count * (bytesIn + bytesOut)) || refuse('there is no room for a block of samples', this.#name);
    return {samplesAt, outputsAt: samplesAt + count * bytesIn, count};
  }

  reset() { this.#program.call('core_reset', this.#alive()); }

  #giveSamples(data, what) {
    const {x, n} = data ?? refuse(`samples come as {x, n}, this is ${data}`, what);
    if (!(x instanceof Float32Array)) refuse(`it is ${describe(x)}, real numbers come as Float32Array`, `${what}: x`);
    if (!Number.isSafeInteger(n) || n < 1 || x.length === 0 || x.length % n !== 0) refuse(`${x.length} numbers are no ${n} samples`, `${what}: n`);
    const bad = x.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) refuse(`number ${bad}, in sample ${Math.floor(bad / (x.length / n))}, is ${x[bad]}`, `${what}: x`, 'Leave out or fill in such samples');
    const at = this.#program.call('core_samples', this.#program.core, x.length) || this.#program.fail();
    new Float32Array(this.#program.buffer, at, x.length).set(x);
  }

  compress(recipe, data) {
    const handle = this.#alive();
    if (typeof recipe !== 'string') refuse(`it is ${describe(recipe)}, a recipe is a text such as 'w4a8'`, 'recipe');
    if (data !== undefined) this.#giveSamples(data, 'compress');
    const made = this.#program.lend(recipe, (at, size) => this.#program.call('core_compress', this.#program.core, handle, at, size, data?.n ?? 0)) || this.#program.fail();
    return new Model(this.#program, made, this.#name);
  }

  score(data) {
    const handle = this.#alive(), program = this.#program, {n, labels, targets} = data ?? {};
    if (labels && targets) refuse('data have labels or targets, not both', 'score');
    const wanted = labels ? Int32Array : Float32Array, answers = labels ?? targets;
    if (answers && answers.length !== n) refuse(`there are ${answers.length} of them for ${n} samples`, labels ? 'score: labels' : 'score: targets');
    for (let i = 0; i < (answers?.length ?? 0); ++i) {   // from() would make 0 of what is no number
      const value = typeof answers[i] === 'bigint' ? Number(answers[i]) : answers[i];
      if (labels ? value !== (value | 0) : !Number.isFinite(value)) refuse(`number ${i} is ${describe(answers[i])}; ${labels ? 'a class is a whole number from 0' : 'a target is a finite number'}`, labels ? 'score: labels' : 'score: targets');
    }
    this.#giveSamples(data, 'score');
    const ask = (at) => program.call('core_score', program.core, handle, n, labels ? at : 0, targets ? at : 0);
    const done = answers ? program.lend(wanted.from(answers, Number), ask) : ask(0);
    return done ? program.json() : program.fail();
  }

  cost(where) {
    const handle = this.#alive(), program = this.#program, {board = 'stm32l4r5', library = ''} = where ?? {};
    const done = program.lend(String(board), (b, bSize) => program.lend(String(library), (l, lSize) => program.call('core_cost', program.core, handle, b, bSize, l, lSize)));
    return done ? program.json() : program.fail();
  }

  inspect() { return this.#program.call('core_inspect', this.#program.core, this.#alive()) ? this.#program.json() : this.#program.fail(); }

  toTflite() {
    const at = this.#program.call('core_file', this.#program.core, this.#alive()) || this.#program.fail();
    return this.#program.bytes(at, this.#program.call('core_file_size', this.#program.core)).slice();
  }

  free() {
    const handle = this.#alive();
    this.#handle = 0;
    this.#ready = null;
    forgotten?.unregister(this);
    giveBack(this.#program, handle, this.#owned);
  }
  [Symbol.dispose ?? Symbol.for('Symbol.dispose')]() { if (this.#handle !== 0) this.free(); }
}

const describe = (value) => value === null ? 'null' : typeof value === 'object' ? `of type ${value.constructor?.name ?? 'object'}` : typeof value === 'string' ? `'${value}'` : String(value);

const relaxedDots = ['none', 'i7', 'unsigned_exact', 'signed_exact'];   // as core/kernels/kernels.h counts them

export default async function Edgewise({simd = 'auto', relaxedDot = 'auto', wasm} = {}) {
  if (!['auto', 'relaxed', 'baseline'].includes(simd)) refuse(`simd is ${describe(simd)}; it may be 'auto', 'relaxed' or 'baseline'`);
  if (relaxedDot !== 'auto' && !relaxedDots.includes(relaxedDot)) refuse(`relaxedDot is ${describe(relaxedDot)}; it may be 'auto' or one of ${relaxedDots}`);
  if (!understands(baselineProbe)) refuse('this machine runs WebAssembly without SIMD', '', 'Any browser from 2023 on has it, and node from 16.4 on');
  const hasRelaxed = understands(relaxedProbe);
  if (simd === 'relaxed' && !hasRelaxed) refuse("this machine has no relaxed SIMD, and simd: 'relaxed' asks for it", '', "Leave simd at 'auto'");
  const isRelaxed = simd !== 'baseline' && hasRelaxed;
  // Written out whole, so that bundlers find the files.
  const source = wasm ?? (isRelaxed ? new URL('edgewise-core-relaxed.wasm', import.meta.url) : new URL('edgewise-core-simd128.wasm', import.meta.url));
  const program = new Program(await WebAssembly.instantiate(await compiled(source), {env: {emscripten_notify_memory_growth() {}}}));
  program.relaxedDot = relaxedDots.indexOf(relaxedDot);   // -1: as the machine has it
  return {
    simd: isRelaxed ? 'relaxed' : 'baseline',
    get memoryBytes() { return program.buffer.byteLength; },
    memoryLimitBytes: memoryBytes,
    load(bytes, {name = 'model'} = {}) {
      if (!(bytes instanceof ArrayBuffer || ArrayBuffer.isView(bytes))) refuse(`a model comes as Uint8Array, this is ${describe(bytes)}`, 'load');
      const handle = program.lend(bytes, (at, size) => program.lend(String(name), (n, nSize) => program.call('core_load', program.core, at, size, n, nSize))) || program.fail();
      return new Model(program, handle, String(name));
    },
  };
}
