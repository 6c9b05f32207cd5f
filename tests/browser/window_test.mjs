// The same page as a window of the computer: SDL2 and OpenGL, on a virtual screen.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {after, before, test} from 'node:test';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const program = ['build/debug/playground', 'build/release/playground'].map((path) => join(root, path)).find(existsSync);
const hasScreen = process.env.PATH.split(':').some((folder) => existsSync(join(folder, 'xvfb-run')));
const skip = !program ? 'the window was not built: SDL2 is missing' : !hasScreen ? 'xvfb-run is missing' : false;

let folder;
before(async () => { folder = await mkdtemp(join(tmpdir(), 'edgewise-')); });
after(() => rm(folder, {recursive: true}));

/** The window at rest as {width, height, colours: Map of "r,g,b" to its count, at(x, y)}. */
async function picture(...options) {
  const file = join(folder, 'window.ppm');
  execFileSync('xvfb-run', ['-a', '-s', '-screen 0 1400x1000x24', program, '--size', '1000x700', '--screenshot', file, ...options],
    {env: {...process.env, LIBGL_ALWAYS_SOFTWARE: '1', ASAN_OPTIONS: 'detect_leaks=0'}, timeout: 100_000, stdio: 'pipe'});   // graphics drivers leak
  const bytes = await readFile(file);
  const [, width, height] = /^P6\n(\d+) (\d+)\n255\n/.exec(bytes.subarray(0, 32).toString('latin1')).map(Number);
  const pixels = bytes.subarray(bytes.length - width * height * 3);
  const at = (x, y) => [...pixels.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)].join();
  const colours = new Map();
  for (let y = 0; y < height; ++y) for (let x = 0; x < width; ++x) colours.set(at(x, y), (colours.get(at(x, y)) ?? 0) + 1);
  return {width, height, colours, at};
}

test('the window draws the page in its colours', {skip, timeout: 120_000}, async () => {
  const {width, height, colours, at} = await picture();
  assert.deepEqual([width, height], [1000, 700]);
  assert.equal(at(2, 699), '17,19,23');                    // ground, #111317
  assert.ok(colours.get('24,27,33') > 100_000);            // panels, #181b21
  assert.ok(colours.get('76,194,176') > 1000);             // choices and the bar of accuracy, #4cc2b0
  assert.ok(colours.size > 300, `${colours.size} colours: letters have smooth edges`);
});

test('the window can be light, and opens the state of a link', {skip, timeout: 120_000}, async () => {
  const {colours, at} = await picture('--light', '--fragment', 'v=1&r=w2a8');
  assert.equal(at(2, 699), '246,245,241');                 // ground, #f6f5f1
  assert.ok(colours.get('15,139,124') > 1000);             // #0f8b7c
});

test('an option it does not know ends it with a sentence', {skip, timeout: 20_000}, () => {
  assert.throws(() => execFileSync(program, ['--colour', 'blue'], {stdio: 'pipe'}), (error) => error.status === 2 && /'--colour' is no option/.test(error.stderr));
});
