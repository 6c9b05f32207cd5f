// The headless core in somebody's page and in a Worker, under a strict policy: what it answers there is what it answers in node.
import assert from 'node:assert/strict';
import {mkdtemp, readFile, rm, writeFile, cp} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {after, before, test} from 'node:test';
import {launch, site} from '../support/browser.mjs';
import {serve} from '../support/serve.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

// What runs in every place: load, run, compress, all as plain numbers.
const work = `import Edgewise from './edgewise-core.mjs';
export default async function work(simd, file, relaxedDot = 'auto') {
  const edgewise = await Edgewise({simd, relaxedDot});
  const model = edgewise.load(file, {name: 'har'});
  const x = Float32Array.from({length: 27 * 40}, (_, i) => Math.fround((i * 7919 % 1000) / 500 - 1));
  const smalls = ['w8a8', 'w7a8', 'w4a8', 'w2a4'].map((recipe) => model.compress(recipe, {x, n: 40}));
  const codes = Int8Array.from({length: 27 * 40}, (_, i) => (i * 7919) % 256 - 128);
  const answer = {simd: edgewise.simd, reals: [...model.run([x.subarray(0, 27)])[0]], codes: smalls.map((small) => [...small.runBatch(codes, 40)[0]]), files: smalls.map((small) => [...small.toTflite()])};
  try { model.run([]); } catch (error) { answer.refusal = error.message; }
  for (const one of [...smalls, model]) one.free();
  return answer;
}`;

let browser, folder, server;
before(async () => {
  browser = await launch();
  folder = await mkdtemp(join(tmpdir(), 'edgewise-'));
  for (const name of ['edgewise-core.mjs', 'edgewise-core-simd128.wasm', 'edgewise-core-relaxed.wasm']) await cp(join(site, name), join(folder, name));
  await cp(join(root, 'assets/models/har.tflite'), join(folder, 'har.tflite'));
  await writeFile(join(folder, 'work.mjs'), work);
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>theirs</title>');
  await writeFile(join(folder, 'worker.mjs'), `import work from './work.mjs';
    self.onmessage = async ({data: [simd, file]}) => self.postMessage(await work(simd, file));`);
  server = await serve(folder, {strict: true});
});
after(async () => {
  await browser.close();
  await server.close();
  await rm(folder, {recursive: true});
});

test('in a page, in a Worker and in node, with relaxed SIMD and without, the answers are the same numbers', {timeout: 60_000}, async () => {
  const {default: inNode} = await import(pathToFileURL(join(folder, 'work.mjs')));
  const wanted = await inNode('baseline', new Uint8Array(await readFile(join(folder, 'har.tflite'))));
  const page = await browser.newPage();
  await page.goto(server.url);
  for (const simd of ['baseline', 'relaxed']) {
    const found = await page.evaluate(async (simd) => {
      const file = new Uint8Array(await (await fetch('har.tflite')).arrayBuffer());
      const {default: work} = await import('./work.mjs');
      const worker = new Worker('worker.mjs', {type: 'module'});
      const inWorker = new Promise((done, failed) => { worker.onmessage = ({data}) => done(data); worker.onerror = failed; });
      worker.postMessage([simd, file]);
      return [await work(simd, file), await inWorker, await work(simd, file, 'none'), await work(simd, file, 'i7')];
    }, simd);
    for (const answer of found) assert.deepEqual(answer, {...wanted, simd});
  }
  assert.equal(wanted.refusal, 'har: run wants a list of 1 typed arrays, one for each input; there are 0');
  const asked = server.requests.filter(({path}) => path.endsWith('.wasm')).map(({path}) => path);
  assert.deepEqual([...new Set(asked)].sort(), ['/edgewise-core-relaxed.wasm', '/edgewise-core-simd128.wasm']);
  await page.close();
});
