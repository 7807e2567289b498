// The door: the field is empty and has the focus for the next badge at once; the camera where the browser reads codes.
(() => {
  "use strict";
  const form = document.querySelector("[data-door]");
  if (!form) return;
  const field = form.querySelector("#code");

  // What was typed is on its way with this request; the next badge may already be under the scanner.
  form.addEventListener("htmx:configRequest", (event) => {
    if (event.target !== form) return;
    field.value = "";
    field.focus({ preventScroll: true });
  });
  document.addEventListener("htmx:afterSettle", () => {
    const asked = document.activeElement;
    if (!asked || asked === document.body) field.focus({ preventScroll: true });
  });

  const button = form.querySelector("[data-camera]");
  const told = form.querySelector("[data-camera-not]");
  const view = form.querySelector("[data-view]");
  const start = button.textContent;
  let stream = null;
  let last = "";
  let lastSeen = 0;

  const say = (words) => {
    told.textContent = words;
    told.hidden = false;
  };

  const stop = () => {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
    view.hidden = true;
    button.textContent = start;
    button.setAttribute("aria-pressed", "false");
  };

  const look = async (detector) => {
    if (!stream) return;
    const [found] = view.readyState >= 2 ? await detector.detect(view) : [];
    const now = Date.now();
    // The same badge held still is one scan; held up again after a moment it is another.
    if (found && (found.rawValue !== last || now - lastSeen > 3000)) {
      last = found.rawValue;
      field.value = last;
      form.requestSubmit();
    }
    if (found) lastSeen = now;
    setTimeout(() => look(detector), 150);
  };

  const begin = async () => {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      say(told.dataset.refused);
      return;
    }
    view.srcObject = stream;
    view.hidden = false;
    await view.play();
    button.textContent = button.dataset.stop;
    button.setAttribute("aria-pressed", "true");
    look(new BarcodeDetector({ formats: ["qr_code"] }));
  };

  const offer = async () => {
    if (!window.isSecureContext) return say(told.dataset.insecure);
    const formats = "BarcodeDetector" in window ? await BarcodeDetector.getSupportedFormats() : [];
    if (!formats.includes("qr_code")) return say(told.dataset.unable);
    button.hidden = false;
    button.addEventListener("click", () => (stream ? stop() : begin()));
  };
  offer();
})();
