// A word at the top of the page, for some seconds, with an Undo where there is one.
import { post } from "./page.js";

const SHOWN_MS = 7000;

/**
 * @param {string} text
 * @param {string} [undo] where to POST to take it back
 */
export function toast(text, undo) {
  const place = document.getElementById("toasts");
  if (!place || !text) return;
  const element = document.createElement("p");
  element.className = "toast";
  element.append(text);
  if (undo) element.append(undoButton(undo, element));
  place.append(element);
  window.setTimeout(() => element.remove(), SHOWN_MS);
}

/**
 * @param {string} url
 * @param {HTMLElement} element
 */
function undoButton(url, element) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.dataset.action = "undo";
  button.textContent = document.body.dataset.undo ?? "Undo";
  button.addEventListener("click", async () => {
    element.remove();
    const answer = await post(url, {});
    const events = JSON.parse(answer.headers.get("HX-Trigger") ?? "{}");
    for (const [name, detail] of Object.entries(events)) {
      document.body.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
    }
    if (!answer.ok) toast(document.body.dataset.failed ?? "");
  });
  return button;
}

document.addEventListener("toast", (event) => {
  const { text, undo } = /** @type {CustomEvent} */ (event).detail;
  toast(text, undo);
});

// What was done belongs on another page now.
document.addEventListener("go-to-page", (event) => location.assign(/** @type {CustomEvent} */ (event).detail.value));

for (const element of document.querySelectorAll("#toasts > .toast")) {
  window.setTimeout(() => element.remove(), SHOWN_MS);
}
