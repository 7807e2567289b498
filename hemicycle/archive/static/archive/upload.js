// How far an upload is. Without this the form is sent as any other, and the browser shows it.
(() => {
  "use strict";

  const form = document.querySelector("form[data-upload]");
  if (!form) return;

  const MB = 1e6;
  const shown = (bytes) => (bytes / MB).toFixed(bytes < 10 * MB ? 1 : 0);

  form.addEventListener("submit", (event) => {
    const files = [...form.querySelector("input[type=file]").files];
    if (!files.length) return;
    event.preventDefault();
    const place = form.querySelector("[data-progress]");
    const bar = place.querySelector("progress");
    const words = place.querySelector("[data-words]");
    const buttons = form.querySelectorAll("button");
    const sending = new XMLHttpRequest();

    function tell(sent, whole) {
      bar.max = whole;
      bar.value = sent;
      words.textContent = place.dataset.told.replace("{sent}", shown(sent)).replace("{whole}", shown(whole));
    }

    function again(sentence) {
      for (const button of buttons) button.disabled = false;
      words.textContent = sentence;
    }

    place.hidden = false;
    for (const button of buttons) button.disabled = true;
    tell(0, files.reduce((sum, file) => sum + file.size, 0) || 1);
    sending.upload.addEventListener("progress", (step) => step.lengthComputable && tell(step.loaded, step.total));
    sending.upload.addEventListener("load", () => { words.textContent = place.dataset.storing; });
    sending.addEventListener("error", () => again(place.dataset.lost));
    sending.addEventListener("load", () => {
      if (sending.status === 200 && sending.getResponseHeader("Content-Type").startsWith("application/json")) {
        location.assign(JSON.parse(sending.responseText).next);
        return;
      }
      const answer = new DOMParser().parseFromString(sending.responseText, "text/html");
      const wrong = answer.querySelector("form[data-upload]") ? [...answer.querySelectorAll(".errorlist, .field__error, .notice--error")] : [];
      const sentence = wrong.map((one) => one.textContent.trim()).join(" ") || answer.querySelector("main p")?.textContent;
      again(sentence || place.dataset.lost);
    });
    sending.open("POST", form.action || location.href);
    sending.setRequestHeader("X-Upload", "progress");
    sending.send(new FormData(form));
  });
})();
