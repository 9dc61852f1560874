// What the server reads in a draft, or in the closing words of a case: promises are confirmed with one key, better words put in with another.
import { handle } from "./actions.js";

const READING = "[data-reads]"; // names the field whose words it is about
const PROMISES = `${READING} input[name=promise]`;
const AGAIN_MS = 500;
const MOST_TIMES = 6; // in a row: then the worker is busy, and sending asks it once more

/** @returns {HTMLInputElement[]} */
const boxes = () =>
  [...(panel()?.querySelectorAll("input[name=promise]") ?? [])].filter((one) => one instanceof HTMLInputElement);

/** That of the dialog, where one is open. */
const panel = () => document.querySelector(`dialog[open] ${READING}`) ?? document.querySelector(READING);

// The next promise that isn't confirmed; after the last, all of them are free again.
handle("promise", PROMISES, () => {
  const all = boxes();
  const next = all.find((box) => !box.checked);
  for (const box of next ? [next] : all) box.checked = next !== undefined;
  readAgain(panel());
});

/** An answer that is under way knows nothing of the box: another takes its place.
 * @param {Element | null} of */
function readAgain(of) {
  of?.dispatchEvent(new Event("read-again"));
}

document.addEventListener("change", (event) => {
  const box = event.target;
  if (box instanceof HTMLInputElement && box.type === "checkbox") readAgain(box.closest(READING));
});

// The worker reads more than the page can; what it found is asked for in a moment.
let times = 0;
document.addEventListener("input", () => {
  times = 0;
});
document.addEventListener("htmx:after:swap", (event) => {
  const source = /** @type {CustomEvent} */ (event).detail.ctx?.sourceElement;
  if (!(source instanceof Element) || !source.matches(READING) || !source.querySelector("[data-read-again]")) return;
  times += 1;
  if (times <= MOST_TIMES) window.setTimeout(() => readAgain(source), AGAIN_MS);
});

/** @param {Element} button */
function putIn(button) {
  const reading = button.closest(READING);
  const area = document.getElementById(reading?.getAttribute("data-reads") ?? "");
  /** @param {string} name */
  const value = (name) => /** @type {HTMLInputElement | null} */ (button.parentElement?.querySelector(`[name=${name}]`))?.value ?? "";
  if (!(area instanceof HTMLTextAreaElement)) return;
  const span = value("span");
  const at = area.value.indexOf(span);
  if (!span || at < 0) return readAgain(reading);
  area.focus();
  area.setRangeText(value("instead"), at, at + span.length, "end");
  const gap = area.value.indexOf("…", at);
  if (gap >= 0 && gap < at + value("instead").length) area.setSelectionRange(gap, gap + 1); // what is still to be said
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

handle("better", `${READING} [data-better]`, () => {
  const button = panel()?.querySelector("[data-better]");
  if (button) putIn(button);
});

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest(`${READING} [data-better]`) : null;
  if (!button) return;
  event.preventDefault();
  putIn(button);
});
