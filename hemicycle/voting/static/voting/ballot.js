// A paper by touch: tapping names ranks them in that order, and marks stop at as many as the paper may hold.
// Without it the same paper is filled in with its fields.
(() => {
  "use strict";

  const placesIn = (paper) => [...paper.querySelectorAll(".slip__place")];

  // Give the tapped name the next place, or take it back and move those behind it up.
  function rank(paper, place) {
    const others = placesIn(paper);
    const given = Number(place.value);
    if (given) {
      place.value = "";
      for (const other of others) if (Number(other.value) > given) other.value = String(Number(other.value) - 1);
    } else {
      place.value = String(1 + Math.max(0, ...others.map((other) => Number(other.value))));
    }
    show(paper);
  }

  function show(paper) {
    for (const place of placesIn(paper)) {
      place.closest(".slip__line").classList.toggle("slip__line--given", place.value !== "");
    }
  }

  // A box that would be one too many cannot be ticked, and the paper says how many are.
  function hold(paper) {
    const boxes = [...paper.querySelectorAll("input[type=checkbox]")];
    const ticked = boxes.filter((box) => box.checked).length;
    for (const box of boxes) box.disabled = !box.checked && ticked >= Number(paper.dataset.most);
    const left = paper.parentElement.querySelector(".slip__left");
    if (left) left.textContent = `${ticked}/${paper.dataset.most} ${left.dataset.left}`;
  }

  function begin() {
    for (const hint of document.querySelectorAll(".slip__tap")) hint.hidden = false;
    document.querySelectorAll("[data-ranking]").forEach(show);
    document.querySelectorAll(".slip[data-most]").forEach(hold);
  }

  document.addEventListener("click", (event) => {
    const name = event.target.closest?.("[data-ranking] label");
    const place = name && document.getElementById(name.htmlFor);
    if (!place) return;
    event.preventDefault();
    rank(name.closest("[data-ranking]"), place);
  });
  document.addEventListener("change", (event) => {
    const paper = event.target.closest?.(".slip");
    if (paper?.hasAttribute("data-ranking")) show(paper);
    if (paper?.dataset.most) hold(paper);
  });
  document.addEventListener("DOMContentLoaded", begin);
  document.addEventListener("htmx:afterSettle", begin);
})();
