// What the pages do besides HTML: everything here only makes easier what works without it.
(() => {
  "use strict";

  // A stream of events that sleeps while its tab is hidden: a browser opens only six connections to one host.
  // It wakes where it left off, by the identifier of the last event that it saw.
  class Stream extends EventTarget {
    constructor(address) {
      super();
      this.address = address;
      this.last = "";
      this.names = new Set();
      this.over = false;
      this.source = null;
      this.onSight = () => (document.hidden ? this.sleep() : this.wake());
      document.addEventListener("visibilitychange", this.onSight);
      if (!document.hidden) this.wake();
    }

    get readyState() {
      if (this.over) return EventSource.CLOSED;
      return this.source ? this.source.readyState : EventSource.CONNECTING;
    }

    wake() {
      if (this.over || this.source) return;
      const address = new URL(this.address, location.href);
      if (this.last) address.searchParams.set("after", this.last);
      this.source = new EventSource(address);
      this.source.onopen = (event) => {
        this.onopen?.(event);
        showLive(true);
      };
      this.source.onerror = (event) => {
        showLive(false);
        if (this.source?.readyState === EventSource.CLOSED) {
          this.source = null;
          if (!this.over) setTimeout(() => document.hidden || this.wake(), 3000);
        }
      };
      this.source.addEventListener("clock", ({ data }) => {
        document.dispatchEvent(new CustomEvent("house:clock", { detail: Number(data) }));
      });
      for (const name of this.names) this.source.addEventListener(name, this);
    }

    sleep() {
      this.source?.close();
      this.source = null;
    }

    handleEvent(event) {
      if (event.lastEventId) this.last = event.lastEventId;
      this.dispatchEvent(new MessageEvent(event.type, { data: event.data, lastEventId: event.lastEventId }));
    }

    addEventListener(name, listener) {
      if (!this.names.has(name)) {
        this.names.add(name);
        this.source?.addEventListener(name, this);
      }
      super.addEventListener(name, listener);
    }

    close() {
      this.over = true;
      this.sleep();
      document.removeEventListener("visibilitychange", this.onSight);
    }
  }

  // Say on the page whether it follows by itself, so that nobody trusts a screen that stands still.
  function showLive(follows) {
    for (const sign of document.querySelectorAll("[data-follows]")) {
      sign.textContent = follows ? sign.dataset.follows : sign.dataset.lost;
      sign.classList.toggle("follows--lost", !follows);
    }
  }

  if (window.htmx) htmx.createEventSource = (address) => new Stream(address);

  // A part of a page that is refetched stays as it is while it would show the same: a form half filled in, a button
  // under a thumb, is taken away only when something else is to be shown.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const stand = event.detail.target?.dataset?.stand;
    if (stand && event.detail.xhr.responseText.includes(`data-stand="${stand}"`)) event.detail.shouldSwap = false;
  });

  // A record that is read while it grows: it is replaced only where it tells something else than the last time, and
  // what a reader has opened in it stays open.
  const told = new WeakMap();
  const opened = new WeakMap();
  const nameOf = (part) => part.closest("[id]")?.id;
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target, xhr } = event.detail;
    if (!target?.hasAttribute?.("data-record")) return;
    if (xhr.status !== 200 || told.get(target) === xhr.responseText) event.detail.shouldSwap = false;
    else told.set(target, xhr.responseText);
    opened.set(target, new Set([...target.querySelectorAll("details[open]")].map(nameOf)));
  });
  document.addEventListener("htmx:afterSwap", ({ target }) => {
    for (const part of opened.has(target) ? target.querySelectorAll("details") : []) {
      if (opened.get(target)?.has(nameOf(part))) part.open = true;
    }
  });

  // A vote that was taken changes one's own part of the page, and nothing else that would be told.
  document.addEventListener("htmx:afterRequest", (event) => {
    const own = event.detail.elt.closest?.("[data-stand]");
    if (own && event.detail.successful && event.detail.elt.matches(".vote__form")) htmx.trigger(own, "voted");
  });

  // After a person's own action replaced the thing that had the focus, the focus goes to the new panel's heading.
  document.addEventListener("htmx:afterSettle", (event) => {
    if (!event.detail.requestConfig || (document.activeElement && document.activeElement !== document.body)) return;
    const heading = event.detail.elt.querySelector("[data-focus]");
    if (heading) {
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    }
  });

  // What became of the sitting is said once in a sentence, not read out with everything around it.
  document.addEventListener("htmx:afterSettle", () => {
    const status = document.getElementById("say");
    const now = [...document.querySelectorAll("[data-say]")].map((part) => part.dataset.say).join(" ");
    if (status && status.textContent !== now) status.textContent = now;
  });

  // When the server cannot be reached, say so where the page says everything else.
  document.addEventListener("htmx:sendError", () => {
    const notices = document.getElementById("notices");
    const words = document.body.dataset.unreachable;
    if (notices && words) notices.textContent = words;
  });

  // An open panel of the header closes when one goes elsewhere.
  document.addEventListener("click", (event) => {
    for (const open of document.querySelectorAll(".person details[open]")) {
      if (!open.contains(event.target)) open.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const open of document.querySelectorAll(".person details[open]")) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  });

  // The code of a secret vote is made here, so that nobody else chose it, and stays in this tab for its voter to read.
  const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const kept = (name) => `own-code-${name}`;
  function newCode() {
    const drawn = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => LETTERS[byte % 32]);
    return [0, 4, 8].map((at) => drawn.slice(at, at + 4).join("")).join("-");
  }
  function showCodes() {
    for (const field of document.querySelectorAll("[data-own-code]")) if (!field.value) field.value = newCode();
    for (const place of document.querySelectorAll("[data-kept-code]")) {
      place.textContent = sessionStorage.getItem(kept(place.dataset.keptCode)) ?? "";
      place.parentElement.hidden = !place.textContent;
    }
  }
  document.addEventListener("submit", ({ target }) => {
    const field = target.querySelector?.("[data-own-code]");
    if (field) sessionStorage.setItem(kept(field.dataset.ownCode), field.value);
  });
  document.addEventListener("htmx:afterSettle", showCodes);
  showCodes();
})();
