// Builds a lesson link: what was turned in the lab below, what is hidden or locked, the goal, and the snippets that carry it. `edgewiseLabs` (labs.js) are core/labs.
'use strict';

(() => {
  const $ = (id) => document.getElementById(id);
  const base = new URL('../', location.href).href.split('#')[0];
  const preview = document.querySelector('edgewise-lab');

  // What is not a field of a lab; `only` where it can be hidden and nothing else.
  const parts = {
    playground: [['model', 'Model'], ['board', 'Board'], ['bits', 'Weight bits'], ['activations', 'Activation bits'], ['pruning', 'Pruning'], ['options', 'Options'],
      ['weights', 'Weights of a layer', 'hide'], ['side', 'Trade-off, boards, memory', 'hide'], ['train', 'Fine-tuning', 'hide']],
    audit: [],
    lab: [['lab', 'All controls'], ['presets', 'Suggestions to try', 'hide'], ['figures', 'Figures and tables', 'hide']],
  };
  const find = (name) => edgewiseLabs.find((lab) => lab.name === name);
  const titleOf = (name) => find(name)?.title ?? (name === 'audit' ? 'The claim auditor' : 'Playground');
  const partsOf = (name) => find(name) ? [...find(name).fields.map(({key, label}) => [key, label]), ...parts.lab] : parts[name];

  let turned = new URLSearchParams();   // the state without what this page decides
  const ours = ['v', 'lab', 'embed', 'goal', 'hide', 'lock'];
  const chosen = (what) => [...document.querySelectorAll('#controls select')].filter(({value}) => value === what).map(({name}) => name);

  /** "v=1&lab=quantize&lv=bits=4&hide=value": what the page itself would write, in its order. */
  function lesson({embed = false} = {}) {
    const state = [['v', '1'], ...[...turned].filter(([key]) => key !== 'lv')];
    if (embed) state.push(['embed', '1']);
    if ($('lab').value !== 'playground') state.push(['lab', $('lab').value]);
    if (turned.has('lv')) state.push(['lv', turned.get('lv')]);
    if ($('goal').value.trim()) state.push(['goal', $('goal').value.trim()]);
    for (const what of ['hide', 'lock']) if (chosen(what).length) state.push([what, chosen(what).join(',')]);
    const plain = (text) => encodeURIComponent(text).replaceAll('%2C', ',').replaceAll('%3D', '=').replaceAll('%3B', ';').replaceAll('%3A', ':').replaceAll('%2F', '/');
    return state.map(([key, value]) => `${encodeURIComponent(key)}=${plain(value)}`).join('&');
  }

  const attribute = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  const kinds = {
    link: ['a link', () => `${base}index.html#${lesson()}`],
    iframe: ['an iframe, for any page, Moodle, Canvas', (title) => `<iframe title="${attribute(title)}" src="${attribute(`${base}index.html#${lesson({embed: true})}`)}"
  sandbox="allow-scripts allow-same-origin allow-downloads allow-popups" allow="fullscreen; clipboard-write" loading="lazy" referrerpolicy="no-referrer"
  style="width:100%;height:${Math.max(preview.clientHeight, 320)}px;border:0"></iframe>`],
    element: ['an element, whose height follows', (title) => `<script src="${attribute(base)}embed.js"></script>
<edgewise-lab title="${attribute(title)}" hash="${attribute(lesson())}"><a href="${attribute(`${base}index.html#${lesson()}`)}">${attribute(title)}</a></edgewise-lab>`],
    myst: ['MyST, Jupyter Book', (title) => `:::{iframe} ${base}index.html#${lesson({embed: true})}\n:width: 100%\n:title: ${title}\n${title}\n:::`],
    quarto: ['Quarto', (title) => `{{< edgewise hash="${lesson()}" title="${title}" >}}`],
  };

  function write() {
    $('snippet').value = kinds[$('kind').value][1](titleOf($('lab').value));
    $('open').href = `../index.html#${lesson()}`;
    $('said').textContent = '';
  }
  function show() {
    preview.value = lesson();
    write();
  }
  function option(value, words) {
    return Object.assign(document.createElement('option'), {value, textContent: words});
  }
  /** Begins anew with a lab, or in the state of a link. */
  function open(name, state = new URLSearchParams()) {
    turned = new URLSearchParams([...state].filter(([key]) => !ours.includes(key)));
    $('goal').value = state.get('goal') ?? '';
    $('controls').replaceChildren(...partsOf(name).map(([key, label, only]) => {
      const row = Object.assign(document.createElement('div'), {className: 'row'}), id = `control-${key}`;
      const choice = Object.assign(document.createElement('select'), {id, name: key});
      choice.append(option('', 'free'), ...(only ? [] : [option('lock', 'locked')]), option('hide', 'hidden'));
      row.append(Object.assign(document.createElement('label'), {htmlFor: id, textContent: label}), choice);
      return row;
    }));
    for (const what of ['lock', 'hide'])
      for (const key of (state.get(what) ?? '').split(',')) {
        const choice = document.getElementById(`control-${key}`);
        if (choice && [...choice.options].some(({value}) => value === what)) choice.value = what;
      }
    show();
  }

  $('lab').append(...edgewiseLabs.map(({name, title}) => option(name, title)), option('audit', titleOf('audit')), option('playground', titleOf('playground')));
  $('kind').append(...Object.entries(kinds).map(([kind, [words]]) => option(kind, words)));
  $('lab').addEventListener('change', () => open($('lab').value));
  $('controls').addEventListener('change', show);
  $('goal').addEventListener('change', show);   // what cannot be read is said in the lab below
  $('kind').addEventListener('change', write);
  preview.addEventListener('input', () => {   // turned by hand in the lab
    const state = new URLSearchParams(preview.value);
    if ((state.get('lab') ?? 'playground') !== $('lab').value) return;   // what the frame said before it heard of the other lab
    $('figures').replaceChildren(...Object.keys(preview.metrics).map((key) => option(`${key}>=`, '')));
    turned = new URLSearchParams([...state].filter(([key]) => !ours.includes(key)));
    write();
  });
  $('copy').addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText($('snippet').value);
      $('said').textContent = 'Copied.';
    } catch {   // not allowed here: it is marked, and Ctrl C takes it
      $('snippet').select();
      $('said').textContent = 'Marked: copy it with Ctrl C.';
    }
  });
  document.querySelector('form').addEventListener('submit', (event) => event.preventDefault());
  const here = new URLSearchParams(location.hash.slice(1)), wanted = here.get('lab') ?? (here.size ? 'playground' : 'quantize');
  $('lab').value = find(wanted) || parts[wanted] ? wanted : 'quantize';
  open($('lab').value, $('lab').value === wanted ? here : undefined);
})();
