// Clocks on the live pages: they count by the server's time, which every stream tells when it begins and now and then,
// so that they are right on a phone whose own clock is not, and after any while without a connection.
(() => {
  "use strict";

  let ahead = 0;
  document.addEventListener("house:clock", ({ detail }) => {
    ahead = detail - Date.now();
    tick();
  });

  function told(seconds) {
    const whole = Math.abs(seconds);
    const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
    const two = (number) => String(number).padStart(2, "0");
    return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
  }

  function show(clock, now) {
    const { since, spoken, limit, until } = clock.dataset;
    const time = clock.querySelector(".clock__time");
    if (until) {
      const left = Math.max(0, Math.ceil((Number(until) - now) / 1000));
      time.textContent = told(left);
      clock.classList.toggle("clock--over", left === 0);
      return;
    }
    const passed = "runs" in clock.dataset ? Math.max(0, Math.floor((now - Number(since)) / 1000)) : Number(spoken);
    const left = limit ? Number(limit) - passed : passed;
    time.textContent = left < 0 ? `+${told(left)}` : told(left);
    clock.classList.toggle("clock--soon", Boolean(limit) && left >= 0 && left <= 30);
    clock.classList.toggle("clock--over", left < 0);
  }

  function tick() {
    for (const clock of document.querySelectorAll("[data-clock]")) show(clock, Date.now() + ahead);
  }

  setInterval(tick, 250);
  document.addEventListener("htmx:afterSwap", tick);
  document.addEventListener("DOMContentLoaded", tick);

  // The list of speakers at the desk: dragged by its grip, or moved with the arrow keys while the grip has the focus.
  let dragged = null;
  let changed = false;
  const rows = (queue) => [...queue.querySelectorAll(":scope > [data-row]")];

  function place(row) {
    return rows(row.parentElement).indexOf(row) + 1;
  }

  function send(row, to) {
    const form = row.querySelector("[data-move]");
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "to", value: String(to) });
    form.append(field);
    form.submit();
  }

  function grips() {
    for (const grip of document.querySelectorAll("[data-grip][hidden]")) grip.hidden = false;
  }
  document.addEventListener("DOMContentLoaded", grips);
  document.addEventListener("htmx:afterSwap", grips);

  document.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest?.("[data-grip]");
    if (!grip || event.button) return;
    dragged = grip.closest("[data-row]");
    changed = false;
    dragged.classList.add("queue__row--dragged");
    event.preventDefault();
  });
  document.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    for (const row of rows(dragged.parentElement)) {
      const box = row.getBoundingClientRect();
      if (row === dragged || event.clientY < box.top || event.clientY > box.bottom) continue;
      const after = place(dragged) < place(row);
      row[after ? "after" : "before"](dragged);
      changed = true;
      break;
    }
  });
  document.addEventListener("pointerup", () => {
    if (!dragged) return;
    const row = dragged;
    dragged = null;
    row.classList.remove("queue__row--dragged");
    if (changed) send(row, place(row));
  });
  document.addEventListener("keydown", (event) => {
    const row = event.target.closest?.("[data-grip]")?.closest("[data-row]");
    const to = { ArrowUp: "up", ArrowDown: "down", Home: "first", End: "last" }[event.key];
    if (!row || !to) return;
    event.preventDefault();
    send(row, to);
  });
  // A list under a hand is not replaced by a newer one.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (dragged && event.detail.target?.contains(dragged)) event.detail.shouldSwap = false;
  });
})();
