// The review by keyboard, and clicks that show the other side. Everything here only makes easier what works without it.
(() => {
  "use strict";

  const record = document.querySelector(".review__record");
  const page = document.querySelector(".review__page");
  if (!record || !page) return;

  const cards = () => [...record.querySelectorAll(".claim")];
  const beside = matchMedia("(min-width: 62rem)");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let current = null;

  // Scroll only the pane that a thing is in, and only where it is out of sight.
  function show(thing, pane) {
    const own = getComputedStyle(pane).overflowY !== "visible" && pane.scrollHeight > pane.clientHeight;
    const box = thing.getBoundingClientRect();
    const covered = pane === record && !beside.matches && getComputedStyle(page).position === "sticky";
    const above = covered ? page.clientHeight : 0;
    const view = own ? pane.getBoundingClientRect() : { top: above, bottom: innerHeight };
    if (box.top >= view.top + 12 && box.bottom <= view.bottom - 12) return;
    const behavior = still ? "auto" : "smooth";
    if (own) pane.scrollTo({ top: pane.scrollTop + box.top - view.top - pane.clientHeight / 4, behavior });
    else scrollTo({ top: scrollY + box.top - above - 24, behavior });
  }

  function choose(card, { follow = true } = {}) {
    if (!card) return;
    for (const one of document.querySelectorAll(".claim--here, .said--here")) {
      one.classList.remove("claim--here", "said--here");
    }
    current = card.dataset.claim;
    card.classList.add("claim--here");
    card.focus({ preventScroll: true });
    if (follow) show(card, record);
    const said = [...page.querySelectorAll("[data-said]")].filter((one) => one.dataset.said.split(" ").includes(current));
    for (const one of said) one.classList.add("said--here");
    if (said.length && follow && getComputedStyle(page).overflowY !== "visible") show(said[0], page);
    return said;
  }

  const here = () => cards().find((card) => card.dataset.claim === current);

  function step(by) {
    const all = cards();
    const place = all.findIndex((card) => card.dataset.claim === current);
    choose(all[place < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(place + by, 0), all.length - 1)]);
  }

  function press(key) {
    const card = here();
    const button = card?.querySelector(`[data-key="${key}"]`);
    if (!button) return;
    if (key === "c") {
      const fold = button.closest("details");
      fold.open = !fold.open;
      if (fold.open) fold.querySelector("input:not([type=hidden]), select")?.focus();
    } else {
      button.click();
    }
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      const card = event.target.closest?.(".claim");
      const fold = card?.querySelector("details[open]");
      if (fold) {
        fold.open = false;
        choose(card);
      }
      return;
    }
    if (event.target.closest?.("input, select, textarea, [contenteditable]")) return;
    const key = event.key.toLowerCase();
    if (key === "j" || key === "k") step(key === "j" ? 1 : -1);
    else if ("acro".includes(key) && key.length === 1) press(key);
    else return;
    event.preventDefault();
  });

  // A click on a passage shows its proposal; another click on the same goes through all that is said there.
  page.addEventListener("click", (event) => {
    const said = event.target.closest("[data-said]");
    if (!said || !getSelection().isCollapsed) return;
    const keys = said.dataset.said.split(" ");
    const next = keys[(keys.indexOf(current) + 1) % keys.length];
    const card = document.getElementById(`claim-${next}`);
    if (!card) return;
    event.preventDefault();
    choose(card, { follow: false });
    show(card, record);
  });

  record.addEventListener("click", (event) => {
    const card = event.target.closest(".claim");
    if (!card || event.target.closest("button, summary, input, select, label")) return;
    const link = event.target.closest("a");
    if (link) event.preventDefault();
    const said = choose(card, { follow: false });
    if (said.length && (link || getComputedStyle(page).overflowY !== "visible")) show(said[0], page);
  });

  // What was decided stays in sight as it is now; the next that nobody looked at is at hand.
  let decided = null;
  document.addEventListener("htmx:beforeRequest", (event) => {
    const card = event.target.closest?.(".claim");
    decided = card ? cards().indexOf(card) : null;
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (decided === null) return;
    const all = cards();
    const next = all.slice(decided + 1).find((card) => !card.classList.contains("claim--looked"));
    const again = all[decided]?.classList.contains("claim--looked") === false;
    choose(again ? all[decided] : next || all[Math.min(decided, all.length - 1)]);
    decided = null;
  });

  // Words marked in the page are at hand as the passage of what the reader missed.
  const quote = document.getElementById("id_quote");
  document.addEventListener("selectionchange", () => {
    const marked = getSelection();
    if (quote && !marked.isCollapsed && page.contains(marked.anchorNode) && page.contains(marked.focusNode)) {
      quote.value = String(marked).replace(/\s+/g, " ").trim().slice(0, 2000);
    }
  });

  const asked = location.hash.match(/^#claim-\d+$/) && document.getElementById(location.hash.slice(1));
  // Of a page just opened the head stays in sight; of one that comes back from a form, its next proposal.
  choose(asked || cards().find((card) => !card.classList.contains("claim--looked")) || cards()[0], { follow: !!asked });
})();
