// The page that builds lesson links, and the hosts that take them: Quarto's shortcode, a SCORM course.
import assert from 'node:assert/strict';
import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtemp, mkdir, readFile, rm, writeFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {after, before, test} from 'node:test';
import {scormPackage, zip} from '../../web/hosts/scorm.mjs';
import {frameOf, inLab, launch, openHost, pageTests, site, state} from '../support/browser.mjs';

const hosts = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'web/hosts');

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const pageTest = pageTests(() => browser);
const preview = async (page) => {
  await page.locator('edgewise-lab').scrollIntoViewIfNeeded();   // it goes live where it is seen
  return frameOf(page, 'edgewise-lab >> iframe');
};
const tall = {viewport: {width: 1280, height: 2000}};
const snippet = (page, kind) => page.selectOption('#kind', kind).then(() => page.locator('#snippet').inputValue());

pageTest('a lesson is what was turned, locked and hidden, and its link opens just that', {path: 'lesson/', strict: true, options: tall}, async ({page, url}) => {
  const frame = await preview(page);
  await inLab(frame, 'quantize');
  await page.getByLabel('Bits', {exact: true}).selectOption('locked');
  await page.getByLabel('Figures and tables').selectOption('hidden');
  await frame.waitForFunction(() => document.querySelector('#mirror [data-id="lab:bits"]')?.disabled);
  await frame.getByRole('radio', {name: 'Formula right', exact: true}).click();
  await page.waitForFunction(() => /lv=formula=1/.test(document.getElementById('snippet').value));
  const link = await snippet(page, 'link');
  assert.equal(link, `${new URL('..', url)}index.html#v=1&lab=quantize&lv=formula=1&hide=figures&lock=bits`);
  await page.goto(link);
  await inLab(page, 'quantize');
  const now = await state(page);
  assert.deepEqual(now.notices, []);
  assert.equal(`#${now.fragment}`, new URL(link).hash);   // as the page itself would write it
  assert.equal(now.lab.figures.zero_point, -30);
  assert.equal(await page.getByRole('slider', {name: 'Bits', exact: true}).isDisabled(), true);
});

pageTest('another lab brings its own controls, and the playground and the auditor have theirs', {path: 'lesson/', fragment: 'lab=battery', options: tall}, async ({page}) => {
  await inLab(await preview(page), 'battery');
  assert.equal(await page.getByLabel('Solar panel').count(), 1);
  await page.selectOption('#lab', 'prune');
  await inLab(await preview(page), 'prune');
  assert.equal(await page.getByLabel('Solar panel').count(), 0);
  assert.match(await snippet(page, 'link'), /#v=1&lab=prune$/);
  await page.selectOption('#lab', 'audit');
  assert.match(await snippet(page, 'link'), /#v=1&lab=audit$/);
  await page.selectOption('#lab', 'playground');
  await page.getByLabel('Board', {exact: true}).selectOption('locked');
  assert.match(await snippet(page, 'link'), /#v=1&lock=board$/);
});

pageTest('a lesson begins in the state of the link that it is opened with', {path: 'lesson/', fragment: 'v=1&model=digits&r=w4a8&goal=accuracy>=0.9&hide=weights&lock=board', options: tall}, async ({page}) => {
  assert.equal(await page.locator('#lab').inputValue(), 'playground');
  assert.match(await snippet(page, 'link'), /#v=1&model=digits&r=w4a8&goal=accuracy%3E=0.9&hide=weights&lock=board$/);
  assert.equal(await page.getByLabel('Board', {exact: true}).inputValue(), 'lock');
  await page.selectOption('#lab', 'battery');   // another lab begins anew
  assert.match(await snippet(page, 'link'), /#v=1&lab=battery$/);
});

pageTest('a goal is judged in the lab while it is turned, and one that cannot be read is said there', {path: 'lesson/', options: tall}, async ({page}) => {
  const frame = await preview(page);
  await inLab(frame, 'quantize');
  await page.evaluate(() => { window.scores = []; document.querySelector('edgewise-lab').addEventListener('score', ({detail}) => window.scores.push(detail)); });
  await page.getByLabel('Goal').fill('zero_point<=-30,clipped_percent<=0');
  await page.getByLabel('Goal').press('Tab');
  await page.waitForFunction(() => window.scores.length === 1);
  assert.match((await state(frame)).goal.sentence, /^Goal: Zero point at most -30 \(98\)/);
  assert.match(await snippet(page, 'link'), /&goal=zero_point%3C=-30,clipped_percent%3C=0$/);
  await frame.getByRole('radio', {name: 'Formula right', exact: true}).click();
  await page.waitForFunction(() => window.scores.length === 2);
  assert.deepEqual(await page.evaluate(() => window.scores), [{raw: 0, min: 0, max: 2, success: false}, {raw: 2, min: 0, max: 2, success: true}]);
  assert.equal(await frame.getByRole('status').filter({hasText: 'Goal reached'}).count(), 1);
  await page.getByLabel('Goal').fill('better');
  await page.getByLabel('Goal').press('Tab');
  await frame.waitForFunction(() => /'better' is not a condition/.test(window.edgewise.state().notices.join()));
});

for (const kind of ['iframe', 'element'])
  test(`the ${kind} that it gives works in a page of another origin`, {timeout: 120_000}, async () => {
    let given;
    const first = await openHost(browser, (url) => `<a href="${url}lesson/">lesson</a>`, {options: tall});
    try {
      await first.page.goto(await first.page.locator('a').getAttribute('href'));
      await inLab(await preview(first.page), 'quantize');
      await first.page.getByLabel('A weight', {exact: true}).selectOption('hidden');
      given = [await snippet(first.page, kind), new URL('..', first.page.url()).href];
    } finally {
      await first.close();
    }
    const {page, close} = await openHost(browser, (url) => given[0].replaceAll(given[1], url));   // the server has another port now
    try {
      const frame = await frameOf(page, kind === 'iframe' ? 'iframe' : (await page.locator('edgewise-lab a').click(), 'edgewise-lab >> iframe'));
      await inLab(frame, 'quantize');
      assert.equal(await frame.getByRole('slider', {name: 'A weight', exact: true}).count(), 0);
      assert.equal(await frame.getByRole('button', {name: /^Labs/}).count(), 0);
    } finally {
      await close();
    }
  });

pageTest('axe-core finds nothing wrong with it, and at 320 pixels it is one column', {path: 'lesson/', options: {viewport: {width: 320, height: 640}}}, async ({page}) => {
  await inLab(await preview(page), 'quantize');
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  assert.deepEqual(await page.evaluate(async () => (await window.axe.run({exclude: ['edgewise-lab']})).violations.map(({id, nodes}) => [id, nodes.map(({html}) => html)])), []);
});

test('a SCORM course starts the lesson, hears that it was opened and its goal reached, and gives its state back the next time', {timeout: 120_000}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'edgewise-'));
  const files = scormPackage(site, 'v=1&lab=quantize&lock=bits&goal=zero_point<=-30', 'Bits & "codes"');
  for (const [path, bytes] of files) {
    await mkdir(dirname(join(folder, path)), {recursive: true});
    await writeFile(join(folder, path), bytes);
  }
  await writeFile(join(folder, 'course.html'), `<!doctype html><title>course</title><script>
    const kept = JSON.parse(sessionStorage.kept ?? '{}');
    window.API = {LMSInitialize: () => 'true', LMSGetValue: (key) => kept[key] ?? '', LMSSetValue: (key, value) => { kept[key] = value; return 'true'; },
      LMSCommit: () => { sessionStorage.kept = JSON.stringify(kept); return 'true'; }, LMSFinish: () => { sessionStorage.kept = JSON.stringify(kept); return 'true'; }};
    window.kept = kept;</script><iframe title="lesson" src="lesson.html" style="width:800px;height:600px"></iframe>`);
  const manifest = files.find(([path]) => path === 'imsmanifest.xml')[1].toString();
  for (const [path] of files) if (path !== 'imsmanifest.xml') assert.ok(manifest.includes(`<file href="${path}"/>`), path);
  assert.ok(manifest.includes('<title>Bits &amp; &quot;codes&quot;</title>'));
  const {page, close} = await openHost(browser, (url) => `<a href="${url}course.html">course</a>`, {folder});
  try {
    await page.goto(await page.locator('a').getAttribute('href'));
    const lesson = await frameOf(page);
    const lab = async () => frameOf(lesson, 'edgewise-lab >> iframe');
    await inLab(await lab(), 'quantize');
    await page.waitForFunction(() => window.kept['cmi.core.lesson_status'] === 'completed');
    await (await lab()).getByRole('radio', {name: 'Formula right', exact: true}).click();
    await page.waitForFunction(() => /formula=1/.test(window.kept['cmi.suspend_data']) && window.kept['cmi.core.lesson_status'] === 'passed' && window.kept['cmi.core.score.raw'] === '100');
    await page.reload();
    const again = await frameOf(await frameOf(page), 'edgewise-lab >> iframe');
    await inLab(again, 'quantize');
    await again.waitForFunction(() => window.edgewise.state().lab.settings.formula === 1);
    assert.match(await page.evaluate(() => window.kept['cmi.core.session_time']), /^\d\d:\d\d:\d\d$/);
  } finally {
    await close();
    await rm(folder, {recursive: true});
  }
});

test('the package is a zip that others read, and the same bytes every time', async (t) => {
  if (spawnSync('python3', ['--version']).error) return t.skip('python3 not found');
  const files = [['a.txt', Buffer.from('a'.repeat(1000))], ['folder/b.bin', Buffer.from([0, 1, 2])], ['empty', Buffer.alloc(0)]];
  const folder = await mkdtemp(join(tmpdir(), 'edgewise-'));
  try {
    await writeFile(join(folder, 'a.zip'), zip(files));
    execFileSync('python3', ['-m', 'zipfile', '-t', join(folder, 'a.zip')]);   // checks every checksum
    execFileSync('python3', ['-m', 'zipfile', '-e', join(folder, 'a.zip'), folder]);
    for (const [path, bytes] of files) assert.deepEqual(await readFile(join(folder, path)), bytes);
    assert.deepEqual(zip(files), zip(files));
  } finally {
    await rm(folder, {recursive: true});
  }
});

// The shortcode with pandoc around it as Quarto calls it; Quarto itself is not needed.
test('the Quarto shortcode gives the lab in HTML, and poster, caption and link in print', async (t) => {
  if (spawnSync('pandoc', ['--version']).error) return t.skip('pandoc not found');
  const folder = await mkdtemp(join(tmpdir(), 'edgewise-'));
  try {
    await writeFile(join(folder, 'call.lua'), `
      quarto = {doc = {is_format = function() return FORMAT == "html" end}}
      local shortcode = dofile("${join(hosts, 'quarto/_extensions/edgewise/edgewise.lua')}")["edgewise"]
      function Pandoc(doc)
        local made = shortcode({}, {hash = {pandoc.Str("v=1&lab=quantize")}, title = {pandoc.Str("Codes & bits")}, alt = {pandoc.Str("a sawtooth")}, poster = {pandoc.Str("q.png")}},
          {["edgewise-site"] = {pandoc.Str("https://example.org/edgewise")}})
        return pandoc.Pandoc(made.t and {made} or made)
      end`);
    const made = (to) => execFileSync('pandoc', ['-f', 'markdown', '-t', to, '-L', join(folder, 'call.lua')], {input: 'x'}).toString();
    assert.equal(made('html').trim(), '<script src="https://example.org/edgewise/embed.js"></script><edgewise-lab title="Codes &amp; bits" hash="v=1&amp;lab=quantize">' +
      '<a href="https://example.org/edgewise/index.html#v=1&amp;lab=quantize"><img src="q.png" alt="a sawtooth" style="width:100%"></a></edgewise-lab>');
    const print = made('latex');
    assert.match(print, /\\includegraphics(\[.*\])?\{q\.png\}/);
    assert.match(print, /\\href\{https:\/\/example\.org\/edgewise\/index\.html\\#v=1\\&lab=quantize\}\{turn it\}/);
  } finally {
    await rm(folder, {recursive: true});
  }
});
