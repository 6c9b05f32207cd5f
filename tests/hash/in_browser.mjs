// node in_browser.mjs [MOST_MACS]: the same lines as edgewise_hash, computed by the relaxed SIMD build of the headless core in Chromium. Node before 21 has relaxed
// SIMD as an experiment only, and computes wrongly with it.
import {existsSync, readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {launch, site} from '../support/browser.mjs';
import {serve} from '../support/serve.mjs';

const most = Number(process.argv[2] ?? Infinity);
const corpus = join(process.env.EDGEWISE_SHARED ?? join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../../../shared'), 'corpus');
if (!existsSync(join(corpus, 'golden'))) {
  console.log('skipped: corpus not found');
  process.exit();
}
const sorted = (folder) => readdirSync(folder).sort((a, b) => (a < b ? -1 : 1));

const server = await serve(site), browser = await launch(), page = await browser.newPage();
await page.goto(`${server.url}style.css`);
await page.evaluate(async () => {
  const {default: Edgewise} = await import('./edgewise-core.mjs');
  window.edgewise = await Edgewise({simd: 'relaxed'});
  const start = 14695981039346656037n;
  window.sums = new Map();
  window.add = (type, bytes) => {   // FNV-1a, 64 bit, as core/base/hash.h
    const sum = window.sums.get(type) ?? {hash: start, outputs: 0};
    for (const byte of bytes) sum.hash = BigInt.asUintN(64, (sum.hash ^ BigInt(byte)) * 1099511628211n);
    ++sum.outputs;
    window.sums.set(type, sum);
  };
  window.bytesOf = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  /** The contents of an .npy file, by the length that its header says it has itself. */
  window.contents = (npy) => npy.slice(npy[6] === 1 ? 10 + npy[8] + 256 * npy[9] : 12 + npy[8] + 256 * npy[9]);
});

let models = 0;
for (const name of sorted(join(corpus, 'golden'))) {
  const file = join(corpus, 'tflite', `${name}.tflite`);
  if (!existsSync(file)) continue;
  const cases = sorted(join(corpus, 'golden', name)).filter((one) => one.startsWith('case_')).map((one) => {
    const at = join(corpus, 'golden', name, one), steps = [];
    if (!existsSync(join(at, 'step_0'))) steps.push(at);
    for (let step = 0; existsSync(join(at, `step_${step}`)); ++step) steps.push(join(at, `step_${step}`));
    return steps.map((folder) => {
      const inputs = [];
      for (let i = 0; existsSync(join(folder, `input_${i}.npy`)); ++i) inputs.push(readFileSync(join(folder, `input_${i}.npy`)).toString('base64'));
      return inputs;
    });
  });
  models += await page.evaluate(([bytes, cases, most]) => {
    const {edgewise, add, contents, bytesOf} = window;
    let model;
    try {
      model = edgewise.load(bytesOf(bytes));
      const {unsupported, totals} = model.inspect();
      if (unsupported.length > 0 || totals.macs > most) return 0;
    } catch { return 0; }
    const arrays = {float32: Float32Array, float64: Float64Array, bool: Uint8Array, int8: Int8Array, uint8: Uint8Array, int16: Int16Array, uint16: Uint16Array,
      int32: Int32Array, uint32: Uint32Array, int64: BigInt64Array, uint64: BigUint64Array};
    let hasRun = 0;
    for (const steps of cases) {
      model.reset();
      for (const inputs of steps) {
        try {
          const outputs = model.run(model.inputs.map((end, i) => new arrays[end.dtype](contents(bytesOf(inputs[i])).buffer)));
          hasRun = 1;
          outputs.forEach((output, i) => {
            const {dtype} = model.outputs[i], bytes = new Uint8Array(output.buffer);
            add(dtype, bytes);
            if (dtype !== 'float32') add('all integers', bytes);
          });
        } catch (error) { if (/stopped/.test(error.message)) throw error; }
      }
    }
    model.free();
    return hasRun;
  }, [readFileSync(file).toString('base64'), cases, most]);
}
console.log(`${models} models`);
const sums = await page.evaluate(() => [...window.sums].map(([type, {hash, outputs}]) => [type, outputs, hash.toString(16).padStart(16, '0')]));
for (const [type, outputs, hash] of sums.sort(([a], [b]) => (a < b ? -1 : 1))) console.log(`${type.padEnd(12)} ${String(outputs).padStart(5)} outputs  ${hash}`);
await browser.close();
await server.close();
