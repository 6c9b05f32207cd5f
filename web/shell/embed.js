// <edgewise-lab hash="v=1&model=har&r=w4a8" height="520" title="..."></edgewise-lab> for any page: an iframe, made when it comes near the view.
//
// `.value` is the state (its link) and fires `input` when it settles, so it can stand in a form or an Observable cell.
'use strict';

(() => {
  const source = new URL('.', document.currentScript.src);

  class EdgewiseLab extends HTMLElement {
    #frame;
    #value = '';
    #metrics = {};
    #listen = ({source: from, data}) => {
      if (!this.#frame || from !== this.#frame.contentWindow || data?.ns !== 'edgewise' || data.v !== 1) return;
      if (data.type === 'state' && typeof data.hash === 'string') {
        this.#value = data.hash;
        this.#metrics = data.metrics ?? {};
        this.dispatchEvent(new Event('input', {bubbles: true}));
      }
    };

    get value() { return this.#value || this.getAttribute('hash') || ''; }
    set value(hash) {
      this.#value = String(hash);
      this.#frame?.contentWindow?.postMessage({ns: 'edgewise', v: 1, type: 'set', hash: this.#value}, source.origin);
    }
    get metrics() { return this.#metrics; }

    connectedCallback() {
      if (this.#frame) return;
      this.style.display = 'block';
      this.#frame = document.createElement('iframe');
      this.#frame.title = this.getAttribute('title') || 'Edgewise';
      this.#frame.loading = 'lazy';
      this.#frame.referrerPolicy = 'no-referrer';
      this.#frame.allow = 'fullscreen; clipboard-write';
      this.#frame.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-downloads allow-popups');
      Object.assign(this.#frame.style, {width: '100%', height: `${Number(this.getAttribute('height')) || 520}px`, border: '0'});
      const state = new URLSearchParams(this.value);
      state.set('embed', '1');
      this.#frame.src = `${source}index.html#${state.toString().replaceAll('+', '%20')}`;
      window.addEventListener('message', this.#listen);
      this.append(this.#frame);
    }
    disconnectedCallback() {
      window.removeEventListener('message', this.#listen);
      this.#frame?.remove();
      this.#frame = undefined;
    }
  }
  if (!customElements.get('edgewise-lab')) customElements.define('edgewise-lab', EdgewiseLab);
})();
