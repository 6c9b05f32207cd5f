// The headless core as node runs it: both builds, what they answer, what they refuse, and how much of a download they are.
import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {test} from 'node:test';
import {brotliCompressSync, constants} from 'node:zlib';
import {denseOnnx} from '../support/onnx_bytes.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const site = process.env.EDGEWISE_SITE ?? join(root, 'build/wasm/site');
const {default: Edgewise, EdgewiseError} = await import(pathToFileURL(join(site, 'edgewise-core.mjs')));

const builds = {};
for (const simd of ['baseline', 'relaxed']) builds[simd] = await Edgewise({simd}).catch((error) => error);
const variants = await Promise.all(['none', 'i7'].map((relaxedDot) => Edgewise({relaxedDot})));
const ready = Object.values(builds).filter((one) => !(one instanceof Error));
const bundled = ['har', 'digits', 'vibration'];
const fileOf = (name) => new Uint8Array(readFileSync(join(root, `assets/models/${name}.tflite`)));
const elementsOf = ({shape}) => shape.reduce((product, extent) => product * extent, 1);

/** Numbers of no meaning, the same everywhere: a linear congruence (Numerical Recipes), in [-1, 1). */
function noise(count, seed = 1) {
  let state = seed;
  return Float32Array.from({length: count}, () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 31 - 1);
}
/** Codes over all of the type. */
const codes = (Type, count, seed) => Type.from(noise(count, seed), (x) => Math.floor(x * 128));
const types = {float32: Float32Array, int8: Int8Array, uint8: Uint8Array, int16: Int16Array};
const inputFor = ({dtype, ...end}, n = 1, seed = 7) => dtype === 'float32' ? noise(elementsOf(end) * n, seed) : codes(types[dtype], elementsOf(end) * n, seed);

/** What a call throws; it must be an EdgewiseError. */
function refusal(call) {
  try { call(); }
  catch (error) {
    assert.ok(error instanceof EdgewiseError, `${error.stack}`);
    assert.ok(error.message.includes(error.reason));
    return error;
  }
  assert.fail('it was accepted');
}

test('it runs the build that was asked for, or says that the machine has none', () => {   // node before 21 has no relaxed SIMD; tests/browser/core_test.mjs has
  assert.equal(builds.baseline.simd, 'baseline');
  if (builds.relaxed instanceof EdgewiseError) assert.match(builds.relaxed.message, /^this machine has no relaxed SIMD/);
  else assert.equal(builds.relaxed.simd, 'relaxed');
});

test('both builds, and every way to use the relaxed dot product, give the same bytes for every bundled model under every kind of recipe', () => {
  for (const name of bundled) {
    const answers = [...ready, ...variants].map((edgewise) => {
      const model = edgewise.load(fileOf(name), {name});
      const n = 40, x = noise(elementsOf(model.inputs[0]) * n);
      const found = [model.run([inputFor(model.inputs[0])])];
      for (const recipe of ['w8a8', 'w4a8', 'w3a4', 'w7a16', 'w2a8s0.5;g=tensor', 'wfaf']) {
        const small = model.compress(recipe, {x, n});
        found.push([recipe, small.toTflite(), small.runBatch(inputFor(small.inputs[0], 9), 9), small.score({x, n}), small.cost()]);
        small.free();
      }
      model.free();
      return found;
    });
    for (const other of answers.slice(1)) assert.deepEqual(other, answers[0]);
  }
});

test('an .onnx file computes relu(x w + b), is compressed, and one with an unknown operator is refused by its name', () => {
  const rows = 7, columns = 5, w = noise(rows * columns, 3), b = noise(columns, 4), x = noise(rows, 5);
  for (const edgewise of ready) {
    const model = edgewise.load(denseOnnx(rows, columns, w, b), {name: 'small.onnx'});
    const [y] = model.run([x]);
    for (let c = 0; c < columns; c++) {
      let sum = b[c];
      for (let r = 0; r < rows; r++) sum += x[r] * w[r * columns + c];
      assert.ok(Math.abs(y[c] - Math.max(sum, 0)) < 1e-5, `${y[c]} for ${sum}`);
    }
    const small = model.compress('w8a8', {x: noise(rows * 50), n: 50});
    assert.equal(small.inputs[0].dtype, 'int8');
    small.free();
    model.free();
    const unknown = edgewise.load(denseOnnx(rows, columns, w, b, 'Frobnicate'), {name: 'odd.onnx'});   // it opens for looking
    assert.match(refusal(() => unknown.run([x])).reason, /Frobnicate/);
    unknown.free();
  }
});

test('a batch answers as the same samples one by one, also where it is moved in several blocks', () => {
  for (const [edgewise, name] of ready.flatMap((edgewise) => bundled.map((name) => [edgewise, name]))) {
    const model = edgewise.load(fileOf(name), {name});
    const [input] = model.inputs, elements = elementsOf(input);
    for (const n of [0, 1, 3, 33, Math.ceil(2 ** 20 / (elements * 4)) + 1]) {
      const samples = inputFor(input, n + 1);   // one more than asked for
      const [many] = model.runBatch(samples, n);
      const each = elementsOf(model.outputs[0]);
      assert.equal(many.length, n * each);
      for (const i of new Set([0, 1, 31, 32, n - 2, n - 1].filter((i) => i >= 0 && i < n)))
        assert.deepEqual(many.slice(i * each, (i + 1) * each), model.run([samples.slice(i * elements, (i + 1) * elements)])[0]);
    }
    model.free();
  }
});

test('outputs go into arrays of the caller when it brings some', () => {
  const model = ready[0].load(fileOf('har'));
  const input = inputFor(model.inputs[0]), into = [new Float32Array(5)];
  assert.equal(model.run([input], into), into);
  assert.deepEqual(into, model.run([input]));
  model.free();
});

test('what compress makes is the file that it writes', () => {
  for (const name of bundled) {
    const model = ready[0].load(fileOf(name)), n = 50;
    const small = model.compress('w5a8', {x: noise(elementsOf(model.inputs[0]) * n), n});
    const again = ready[0].load(small.toTflite());
    assert.deepEqual(again.inputs, small.inputs);
    const samples = inputFor(small.inputs[0], 20);
    assert.deepEqual(again.runBatch(samples, 20), small.runBatch(samples, 20));
    assert.equal(small.inspect().totals.file_bytes, small.toTflite().length);
    for (const one of [model, small, again]) one.free();
  }
});

test('a score without labels is the agreement with the float model, and the float model agrees with itself', () => {
  const model = ready[0].load(fileOf('har')), n = 60, x = noise(27 * n);
  const own = model.score({x, n});
  assert.deepEqual([own.metric, own.value, own.n, own.against_labels], ['agreement', 1, n, false]);
  const small = model.compress('w2a4', {x, n}), [answers] = small.runBatch(codes(Int8Array, 0), 0), score = small.score({x, n});
  assert.equal(answers.length, 0);
  assert.ok(score.low <= score.value && score.value <= score.high);
  assert.equal(score.answers_changed, Math.round((1 - score.agreement_with_float) * n));
  const labels = Array.from({length: n}, (_, i) => i % 5);
  assert.equal(small.score({x, n, labels}).against_labels, true);
  assert.deepEqual(small.score({x, n, labels: BigInt64Array.from(labels, BigInt)}), small.score({x, n, labels}));   // as .npy files have them
});

test('hostile arguments are refused with a sentence, and the model works on', () => {
  const edgewise = ready[0], model = edgewise.load(fileOf('har'), {name: 'har'}), x = inputFor(model.inputs[0]);
  const before = model.run([x]);
  for (const [call, sentence] of [
    [() => model.run([new Float32Array(26)]), 'input 0: it has 26 elements, the model has 27 there (1x27)'],
    [() => model.run([new Int8Array(27)]), 'input 0: it is of type Int8Array, the model has Float32Array there'],
    [() => model.run([Array.from(x)]), 'input 0: it is of type Array, the model has Float32Array there'],
    [() => model.run([null]), 'input 0: it is null, the model has Float32Array there'],
    [() => model.run(x), 'har: run wants a list of 1 typed arrays, one for each input; this is of type Float32Array'],
    [() => model.run([]), 'har: run wants a list of 1 typed arrays, one for each input; there are 0'],
    [() => model.run([x], [new Float32Array(6)]), 'output 0: it has 6 elements, the model has 5 there (1x5)'],
    [() => model.runBatch(new Float32Array(27), 2), 'samples: there are 27 elements, 2 samples of 1x27 take 54'],
    [() => model.runBatch(new Int8Array(54), 2), 'samples: they are of type Int8Array, the model reads Float32Array'],
    [() => model.runBatch(x, -1), 'n: the number of samples is -1'],
    [() => model.runBatch(x, 2 ** 53), 'n: the number of samples is 9007199254740992'],
    [() => model.compress('w9a8'), "recipe part 1 'w9a8': weight bits is '9', allowed is 2 to 8, or f for float"],
    [() => model.compress(8), "recipe: it is 8, a recipe is a text such as 'w4a8'"],
    [() => model.compress('w8a8', {x: [1], n: 1}), 'compress: x: it is of type Array, real numbers come as Float32Array'],
    [() => model.compress('w8a8', {x, n: 2}), 'compress: n: 27 numbers are no 2 samples'],
    [() => model.score({x: new Float32Array(0), n: 1}), 'score: n: 0 numbers are no 1 samples'],
    [() => model.compress('w8a8', {x: new Float32Array(26), n: 1}), '1 samples of 26 numbers in all, the model reads 27 each'],
    [() => model.score({x, n: 1, labels: [1, 2]}), 'score: labels: there are 2 of them for 1 samples'],
    [() => model.score({x, n: 1, labels: [0.5]}), 'score: labels: number 0 is 0.5; a class is a whole number from 0'],
    [() => model.score({x, n: 1, labels: [NaN]}), 'score: labels: number 0 is NaN; a class is a whole number from 0'],
    [() => model.score({x, n: 1, labels: ['walking']}), "score: labels: number 0 is 'walking'; a class is a whole number from 0"],
    [() => model.score({x, n: 1, targets: [Infinity]}), 'score: targets: number 0 is Infinity; a target is a finite number'],
    [() => model.score({x: x.with(3, NaN), n: 1}), 'score: x: number 3, in sample 0, is NaN. Leave out or fill in such samples'],
    [() => model.compress('w8a8', {x: x.with(3, -Infinity), n: 1}), 'compress: x: number 3, in sample 0, is -Infinity. Leave out or fill in such samples'],
    [() => model.score(), 'score: samples come as {x, n}, this is undefined'],
    [() => model.compress('w8a8', null), 'compress: samples come as {x, n}, this is null'],
    [() => edgewise.load('model.tflite'), "load: a model comes as Uint8Array, this is 'model.tflite'"],
  ]) assert.equal(refusal(call).message, sentence);
  for (const [call, part] of [
    [() => model.compress('w8a8'), 'sample'],
    [() => model.cost({board: 'none'}), "there is no board 'none'; there are"],
    [() => model.cost({board: 'rp2040', library: 'esp-nn'}), 'does not run on'],
    [() => edgewise.load(new Uint8Array(17 * 2 ** 20)), 'the limit is 16777216'],
    [() => edgewise.load(new Uint8Array(0)), 'the file is empty'],
  ]) assert.ok(refusal(call).message.includes(part), refusal(call).message);
  assert.deepEqual(model.run([x]), before);
  model.free();
});

test('a damaged file is refused by byte and place', () => {
  const file = fileOf('har');
  const {reason, offset, where} = refusal(() => ready[0].load(file.subarray(0, 3000), {name: 'har.tflite'}));
  assert.equal(typeof reason, 'string');
  assert.equal(typeof offset, 'number');
  assert.equal(typeof where, 'string');
  let refused = 0;
  for (let at = 0; at < file.length; at += 97) {   // what is accepted must also run or be refused, not trap
    const broken = file.slice();
    broken[at] ^= 0xff;
    try {
      const model = ready[0].load(broken);
      model.run([inputFor(model.inputs[0])]);
      model.free();
    } catch (error) {
      assert.ok(error instanceof EdgewiseError, String(error));
      assert.doesNotMatch(error.message, /has stopped/);
      ++refused;
    }
  }
  assert.ok(refused > 0);
});

test('a freed model says so, and freeing it again as well; `using` frees once', () => {
  const model = ready[0].load(fileOf('har'), {name: 'har'});
  model.run([inputFor(model.inputs[0])]);
  model.free();
  for (const call of [() => model.run([]), () => model.free(), () => model.cost(), () => model.reset(), () => model.toTflite()])
    assert.equal(refusal(call).message, 'har: the model was freed. Load it again');
  const other = ready[0].load(fileOf('har')), dispose = Symbol.dispose ?? Symbol.for('Symbol.dispose');
  other[dispose]();
  other[dispose]();
  refusal(() => other.free());
});

test('a model works on when the memory has grown under it', async () => {
  const edgewise = await Edgewise(), model = edgewise.load(fileOf('har')), x = inputFor(model.inputs[0]);
  const before = model.run([x]), held = edgewise.memoryBytes;
  model.score({x: noise(27 * 100_000), n: 100_000});   // 10 MB of samples
  assert.ok(edgewise.memoryBytes > held);
  assert.deepEqual(model.run([x]), before);
  assert.ok(edgewise.memoryBytes < edgewise.memoryLimitBytes);
});

test('running takes no memory, and models that come and go leave none behind', async () => {
  const edgewise = await Edgewise(), model = edgewise.load(fileOf('digits')), x = inputFor(model.inputs[0]);
  const life = () => {
    const other = edgewise.load(fileOf('digits'));
    const small = other.compress('w4a8', {x: noise(elementsOf(other.inputs[0]) * 10), n: 10});
    small.runBatch(inputFor(small.inputs[0], 5), 5);
    small.free();
    other.free();
  };
  for (let i = 0; i < 5; ++i) life();
  model.run([x]);
  const held = edgewise.memoryBytes;
  for (let i = 0; i < 2000; ++i) model.run([x]);
  for (let i = 0; i < 100; ++i) life();
  assert.equal(edgewise.memoryBytes, held);
});

test('reset gives a model without state its old answers', () => {
  const model = ready[0].load(fileOf('har')), x = inputFor(model.inputs[0]);
  const before = model.run([x]);
  model.reset();
  assert.deepEqual(model.run([x]), before);
});

test('what a model rehearses before its first run is forgotten: it starts as after a reset', (context) => {
  const file = join(process.env.EDGEWISE_SHARED ?? join(root, '..', 'shared'), 'corpus/tflite/tflm_mnist_lstm_int8.tflite');
  if (!existsSync(file)) return context.skip('corpus not found');
  const model = builds.baseline.load(new Uint8Array(readFileSync(file)));
  const input = [new Int8Array(elementsOf(model.inputs[0])).fill(-128)], first = model.run(input), second = model.run(input);
  assert.notDeepEqual(second, first);   // it does keep something from run to run
  model.reset();
  assert.deepEqual(model.run(input), first);
  model.free();
});

test('the declarations name everything a model has', () => {
  const model = ready[0].load(fileOf('har')), declared = readFileSync(join(site, 'edgewise-core.d.mts'), 'utf8');
  const names = Object.getOwnPropertyNames(Object.getPrototypeOf(model)).filter((name) => name !== 'constructor');
  for (const name of [...names, ...Object.keys(ready[0])]) assert.match(declared, new RegExp(`^  (readonly )?${name}\\b`, 'm'), name);
});

test('an option it does not know is refused', async () => {
  await assert.rejects(Edgewise({simd: 'fast'}), /simd is 'fast'; it may be 'auto', 'relaxed' or 'baseline'/);
});

test('each build is a download of less than 355 kB', (context) => {
  const squeezed = (path) => brotliCompressSync(readFileSync(join(site, path)), {params: {[constants.BROTLI_PARAM_QUALITY]: 11}}).length;
  for (const build of ['simd128', 'relaxed']) {
    const [wasm, js] = [squeezed(`edgewise-core-${build}.wasm`), squeezed('edgewise-core.mjs')];
    context.diagnostic(`${build}: ${wasm} bytes of wasm, ${js} of JavaScript, after brotli`);
    assert.ok(wasm + js < 355_000, `${build}: ${wasm + js} bytes`);
  }
});

test('one build uses relaxed SIMD and the other does not', () => {
  // i32x4.relaxed_dot_i8x16_i7x16_add_s: prefix 0xfd, then 0x113 as a LEB128 number. Behind 0x41, i32.const, the same bytes are a number.
  const uses = (build) => /[^\x41]\xfd\x93\x02/.test(readFileSync(join(site, `edgewise-core-${build}.wasm`), 'latin1'));
  assert.deepEqual(['simd128', 'relaxed'].map(uses), [false, true]);
});

test('the program asks the machine for nothing', () => {
  for (const {simd} of ready) {
    const build = simd === 'relaxed' ? 'relaxed' : 'simd128';
    const imports = WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(join(site, `edgewise-core-${build}.wasm`))));
    assert.deepEqual(imports.map(({name}) => name), ['emscripten_notify_memory_growth']);   // it is told, and does nothing
  }
});
