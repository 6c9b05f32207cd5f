// One native control for each thing the canvas shows: what a screen reader reads, the Tab key walks through, and scripts find by role and name.
//
// The pointer is not its affair: input.js hands every pointer to the program, so a click that came from one is not acted on here as well.
'use strict';

/**
 * `root` is the layer over the canvas; `act(id, number?)` tells the program that a control was pressed or set, `typed(id, words)` what a search or a number holds.
 * Returns {show(items), controlAt(x, y), rectOf(element)}.
 */
function edgewiseMirror(root, act, typed) {
  const shown = new Map();    // id -> {element, item, box}
  const groups = new Map();   // name of a group -> its element

  const tags = {button: 'button', toggle: 'button', radio: 'input', slider: 'input', tab: 'button', menu_item: 'button', heading: 'h2', link: 'a', search: 'input', number: 'input'};
  const roles = {tab: 'tab', menu_item: 'menuitem', text: 'note', status: 'status', image: 'img', row: 'group'};
  const groupRoles = {radio: 'radiogroup', tab: 'tablist', menu_item: 'menu'};
  const isTyped = (role) => ['search', 'number'].includes(role);
  const isWords = (role) => ['text', 'heading', 'status', 'image', 'row'].includes(role);

  let fromPointer = false;    // of the click whose change event comes next
  root.addEventListener('click', (event) => {
    fromPointer = event.detail > 0;
    const id = event.target.dataset?.id;
    const kind = shown.get(id)?.item.role;
    if (!kind || ['slider', 'radio'].includes(kind) || isTyped(kind) || isWords(kind)) return;
    if (kind === 'link' && shown.get(id).item.value) return;   // the browser follows it
    event.preventDefault();
    if (!fromPointer) act(id);
  });
  root.addEventListener('change', (event) => {
    const entry = shown.get(event.target.dataset?.id);
    if (entry?.item.role === 'radio' && !fromPointer) act(entry.item.id);
    fromPointer = false;
  });
  root.addEventListener('input', (event) => {
    const entry = shown.get(event.target.dataset?.id);
    if (entry?.item.role === 'slider') act(entry.item.id, Number(event.target.value));
    if (entry && isTyped(entry.item.role)) typed(entry.item.id, event.target.value);
  });

  function set(element, name, value) {
    if (value === undefined || value === false || value === '') element.removeAttribute(name);
    else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value));
  }

  function make(item) {
    const element = document.createElement(tags[item.role] ?? 'div');
    element.dataset.id = item.id;
    element.className = isWords(item.role) ? 'item words' : 'item';
    if (roles[item.role]) element.setAttribute('role', roles[item.role]);
    if (item.role === 'status') element.setAttribute('aria-live', 'polite');
    if (element.tagName === 'BUTTON') element.type = 'button';
    if (item.role === 'radio') element.type = 'radio';
    if (item.role === 'slider') element.type = 'range';
    if (isTyped(item.role)) Object.assign(element, {type: 'search', maxLength: 64, autocomplete: 'off', spellcheck: false, className: 'item typed'});
    if (item.role === 'number') Object.assign(element, {type: 'text', inputMode: 'decimal', className: 'item typed number'});
    return element;
  }

  function update(element, item) {
    const label = item.value && !['slider', 'status', 'link'].includes(item.role) && item.value !== item.name ? `${item.name}, ${item.value}` : item.name;
    switch (item.role) {
      case 'status':
      case 'heading':
      case 'text': {
        const words = item.role === 'status' && item.value ? item.value : label;
        if (element.textContent !== words) element.textContent = words;
        break;
      }
      case 'slider':
        set(element, 'aria-label', item.name);
        set(element, 'min', item.lowest);
        set(element, 'max', item.highest);
        set(element, 'step', item.step || 'any');
        if (Number(element.value) !== item.number) element.value = item.number;
        set(element, 'aria-valuetext', item.value);
        break;
      case 'search':
      case 'number':   // what is being typed is the person's; the program follows it
        set(element, 'aria-label', item.name);
        if (document.activeElement !== element) element.value = item.value ?? '';
        break;
      case 'radio':
        set(element, 'aria-label', label);
        element.name = item.group ?? item.id;
        element.checked = !!item.checked;
        break;
      case 'toggle':
        set(element, 'aria-label', label);
        set(element, 'aria-pressed', String(!!item.checked));
        break;
      case 'tab':
        set(element, 'aria-label', label);
        set(element, 'aria-selected', String(!!item.checked));
        break;
      case 'link':
        set(element, 'aria-label', label);
        if (/^(https?:|#|\.)/.test(item.value ?? '')) {
          set(element, 'href', item.value);
          if (!item.value.startsWith('#')) { element.target = '_blank'; element.rel = 'noopener noreferrer'; }
        }
        break;
      case 'menu_item':
        set(element, 'aria-label', label);
        set(element, 'aria-current', item.checked ? 'true' : undefined);
        break;
      default:
        set(element, 'aria-label', label);
    }
    if ('disabled' in element) element.disabled = !!item.disabled;
    else set(element, 'aria-disabled', item.disabled ? 'true' : undefined);
    const [x, y, w, h] = item.rect;
    element.style.transform = `translate(${x}px, ${y}px)`;
    element.style.width = `${w}px`;
    element.style.height = `${h}px`;
  }

  /** The element items of this group are children of: the layer itself, or an element that names them together. */
  function parentOf(item, used) {
    if (!item.group || !groupRoles[item.role]) return root;
    let group = groups.get(item.group);
    if (!group) {
      group = document.createElement('div');
      group.setAttribute('role', groupRoles[item.role]);
      group.setAttribute('aria-label', item.group);
      groups.set(item.group, group);
    }
    used.add(item.group);
    return group;
  }

  function show(items) {
    const present = new Set(), usedGroups = new Set();
    const next = new Map();   // parent -> the child that should come next
    const place = (parent, element) => {
      const expected = next.has(parent) ? next.get(parent) : parent.firstChild;
      if (element !== expected) {
        const hadFocus = element.contains(document.activeElement);   // moving an element takes its focus away
        const focused = document.activeElement;
        parent.insertBefore(element, expected ?? null);
        if (hadFocus) focused.focus({preventScroll: true});
        next.set(parent, expected ?? null);
      } else {
        next.set(parent, element.nextSibling);
      }
    };
    for (const item of items) {
      if (present.has(item.id)) continue;
      present.add(item.id);
      let entry = shown.get(item.id);
      if (entry && entry.item.role !== item.role) {   // another kind of element, in its place
        const old = entry.element;
        if (next.get(old.parentNode) === old) next.set(old.parentNode, old.nextSibling);
        old.remove();
        entry = undefined;
      }
      entry ??= {element: make(item)};
      const json = JSON.stringify(item);
      if (entry.json !== json) { update(entry.element, item); entry.json = json; }
      else if (item.role === 'radio') entry.element.checked = !!item.checked;   // the browser may have moved it meanwhile
      entry.item = item;
      shown.set(item.id, entry);
      const parent = parentOf(item, usedGroups);
      if (parent !== root && !next.has(parent)) place(root, parent);
      place(parent, entry.element);
    }
    for (const [id, entry] of shown) if (!present.has(id)) { entry.element.remove(); shown.delete(id); }
    for (const [name, group] of groups) if (!usedGroups.has(name)) { group.remove(); groups.delete(name); }
  }

  /** The control (not the words) drawn last at this place, if any. */
  function controlAt(x, y) {
    let found;
    for (const {element, item} of shown.values()) {
      const [left, top, w, h] = item.rect;
      if (!isWords(item.role) && !item.disabled && x >= left && x < left + w && y >= top && y < top + h) found = element;
    }
    return found;
  }

  const rectOf = (element) => shown.get(element?.dataset?.id)?.item.rect;
  return {show, controlAt, rectOf};
}
