// <edgewise-lab hash="v=1&lab=quantize" title="The number line"><a href="..."><img src="poster.svg" alt="..."></a></edgewise-lab>
//
// What stands inside is the poster: it is there without JavaScript too, and pressing it makes the lab live in its place. Without a poster the lab goes live when it
// comes into view. At most two are live on a page; the one that gives way keeps its state. `value` is that state, a link, and fires `input`; `metrics` are its
// figures; a `score` event tells {raw, min, max, success}. The height follows the content, unless `height` gives it.
'use strict';

(() => {
  const base = new URL('.', document.currentScript.src);
  const live = [];   // the one that was used last stands last
  const seen = new IntersectionObserver((all) => all.forEach(({target, isIntersecting}) => target.seen(isIntersecting)));

  class EdgewiseLab extends HTMLElement {
    #frame; #origin; #value; #isSeen = false; #isReady = false;
    #inside = this.attachShadow({mode: 'open'});
    #slot = document.createElement('slot');
    #listen = (event) => this.#hear(event);
    metrics = {};

    constructor() {
      super();
      this.#slot.append(document.createElement('button'));   // where there is no poster
      this.#inside.append(this.#slot);
      this.addEventListener('click', (event) => {
        if (this.#frame || event.ctrlKey || event.metaKey || event.shiftKey) return;   // a link opens elsewhere as usual
        event.preventDefault();
        this.#start();
        this.#frame.focus();
      });
    }
    connectedCallback() {
      this.style.display = 'block';
      this.#slot.firstChild.textContent = this.#name;
      this.#slot.firstChild.style.cssText = 'font:inherit;color:inherit;background:none;border:1px solid;border-radius:8px;padding:12px 20px';
      if (document.readyState !== 'loading') seen.observe(this);   // while it loads, the poster may not be here yet
      else document.addEventListener('DOMContentLoaded', () => seen.observe(this), {once: true});
    }
    disconnectedCallback() {
      seen.unobserve(this);
      this.#rest();
    }

    get value() { return this.#value ?? this.getAttribute('hash') ?? ''; }
    set value(link) {
      this.#value = String(link);
      this.#send({type: 'set', hash: this.#link});
    }

    seen(is) {
      this.#isSeen = is;
      this.#send({type: is ? 'resume' : 'pause'});
      if (is && !this.firstElementChild) this.#start();
    }

    get #name() { return this.getAttribute('title') || 'Edgewise'; }
    get #link() {
      const state = new URLSearchParams(this.value.replace(/^#/, ''));
      state.set('embed', '1');
      return state.toString().replaceAll('+', '%20');
    }
    #start() {
      if (this.#frame) return;
      while (live.length > 1) (live.find((lab) => !lab.#isSeen) ?? live[0]).#rest();
      live.push(this);
      const frame = this.#frame = document.createElement('iframe');
      const sandbox = this.getAttribute('sandbox') ?? 'allow-scripts allow-same-origin allow-downloads allow-popups';
      this.#origin = /same-origin/.test(sandbox) ? base.origin : 'null';
      frame.setAttribute('sandbox', sandbox);
      Object.assign(frame, {title: this.#name, referrerPolicy: 'no-referrer', allow: 'fullscreen; clipboard-write', src: `${base}index.html#${this.#link}`});
      Object.assign(frame.style, {display: 'block', width: '100%', border: 0, height: `${+this.getAttribute('height') || 520}px`});
      addEventListener('message', this.#listen);
      this.#inside.replaceChildren(frame);
    }
    #rest() {
      if (!this.#frame) return;
      live.splice(live.indexOf(this), 1);
      removeEventListener('message', this.#listen);
      this.#frame = undefined;
      this.#isReady = false;
      this.#inside.replaceChildren(this.#slot);
    }

    #send(message) {
      if (this.#isReady) this.#frame.contentWindow.postMessage({ns: 'edgewise', v: 1, ...message}, this.#origin === 'null' ? '*' : this.#origin);
    }
    #hear({source, origin, data}) {
      if (source !== this.#frame.contentWindow || origin !== this.#origin || data?.ns !== 'edgewise' || data.v !== 1) return;
      if (data.type === 'ready') {   // what happened since the frame was made
        this.#isReady = true;
        if (!this.#frame.src.endsWith(`#${this.#link}`)) this.#send({type: 'set', hash: this.#link});
        if (!this.#isSeen) this.#send({type: 'pause'});
      } else if (data.type === 'resize' && data.height > 0 && !this.hasAttribute('height')) {
        this.#frame.style.height = `${Math.min(Math.max(data.height, 120), 4000)}px`;
      } else if (data.type === 'state' && typeof data.hash === 'string') {
        this.#value = data.hash;
        this.metrics = {...data.metrics};
        if (this.#isSeen) live.push(live.splice(live.indexOf(this), 1)[0]);   // what a lab out of sight says is not somebody using it
        this.dispatchEvent(new Event('input', {bubbles: true}));
      } else if (data.type === 'score') {
        const {raw, min, max, success} = data;
        this.dispatchEvent(new CustomEvent('score', {bubbles: true, detail: {raw, min, max, success}}));
      }
    }
  }
  if (!customElements.get('edgewise-lab')) customElements.define('edgewise-lab', EdgewiseLab);
})();
