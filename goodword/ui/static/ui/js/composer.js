// Writing: the length as the channel counts it, drafts on the server within two seconds, keys of the composer.
import { handle } from "./actions.js";
import { carryOver, noteSent } from "./go-on-writing.js";
import { length } from "./length.js";
import { post } from "./page.js";
import { suggest } from "./suggestions.js";

const QUIET_MS = 600; // after the last key
const LATEST_MS = 1500; // after the first
const WRITING_MS = 10_000;

const composer = () => document.getElementById("composer");

/** @returns {NodeListOf<HTMLTextAreaElement>} */
const areas = () => document.querySelectorAll("#composer textarea[data-draft]");

let lastKey = -Infinity;

/** Whether something was written here within the last seconds. */
export const writing = () => performance.now() - lastKey < WRITING_MS && [...areas()].some((area) => area.value !== "");

/** @param {HTMLTextAreaElement} area */
function showLength(area) {
  const output = area.form?.querySelector(".length");
  if (!(output instanceof HTMLElement)) return;
  const limit = Number(area.dataset.limit);
  const used = length(area.value, area.dataset.count ?? "");
  output.textContent = (output.dataset.text ?? "").replace("{n}", String(used)).replace("{limit}", String(limit));
  output.classList.toggle("over", used > limit);
  area.setAttribute("aria-invalid", String(used > limit));
}

/** @type {Map<HTMLTextAreaElement, {quiet: number, latest: number}>} */
const waiting = new Map();

/** @param {HTMLTextAreaElement} area */
function forget(area) {
  const timers = waiting.get(area);
  clearTimeout(timers?.quiet);
  clearTimeout(timers?.latest);
  waiting.delete(area);
}

/**
 * The last save of each, so that an older text never comes after a newer one.
 * @type {WeakMap<HTMLTextAreaElement, Promise<void>>}
 */
const saving = new WeakMap();

/** @param {HTMLTextAreaElement} area */
function save(area) {
  forget(area);
  saving.set(area, (saving.get(area) ?? Promise.resolve()).then(() => keep(area)));
}

/**
 * @param {HTMLTextAreaElement} area
 * @param {string} said
 */
function say(area, said) {
  const status = area.form?.querySelector(".saved");
  if (status instanceof HTMLElement) status.textContent = status.dataset[said] ?? "";
}

/**
 * What is being sent is no draft any more, until it is written on.
 * @type {WeakSet<HTMLTextAreaElement>}
 */
const sent = new WeakSet();

/** @param {HTMLTextAreaElement} area */
async function keep(area) {
  forget(area);
  const url = area.closest("#composer")?.getAttribute("data-drafts");
  if (!url || sent.has(area)) return;
  const checked = area.form?.querySelector("[name=private]:checked");
  const text = area.value;
  const key = area.form?.querySelector("[name=idempotency_key]")?.getAttribute("value") ?? "";
  const fields = {
    kind: area.dataset.draft ?? "",
    text,
    private: checked?.getAttribute("value") ?? "",
    idempotency_key: key, // so that a save which comes later than the reply brings nothing back
  };
  let kept = false;
  try {
    kept = (await post(url, fields)).ok;
  } catch {
    // Offline. Said below, and tried again.
  }
  if (!kept) say(area, "lost");
  else if (area.value === text) say(area, "kept");
  if (!kept && area.isConnected) schedule(area);
}

/** @param {HTMLTextAreaElement} area */
function schedule(area) {
  const timers = waiting.get(area);
  clearTimeout(timers?.quiet);
  waiting.set(area, {
    quiet: window.setTimeout(save, QUIET_MS, area),
    latest: timers?.latest ?? window.setTimeout(save, LATEST_MS, area),
  });
}

/** Nothing may be lost when the page, or the composer, goes away. */
function flush() {
  for (const area of [...waiting.keys()]) keep(area);
}

document.addEventListener("input", (event) => {
  const area = event.target;
  if (!(area instanceof HTMLTextAreaElement) || !area.dataset.draft) return;
  sent.delete(area);
  const before = writing();
  lastKey = performance.now();
  if (writing() !== before) document.dispatchEvent(new Event("writing-changed"));
  showLength(area);
  say(area, "");
  schedule(area);
  suggest(area);
});

window.addEventListener("pagehide", flush);
document.addEventListener("htmx:before:swap", (event) => {
  carryOver(/** @type {CustomEvent} */ (event).detail.ctx);
  flush();
});

document.addEventListener("submit", (event) => {
  if (!(event.target instanceof Element)) return;
  for (const area of event.target.querySelectorAll("textarea")) {
    forget(area);
    sent.add(area);
    noteSent(area);
  }
  lastKey = -Infinity;
}, true);

/** @param {string} kind */
function write(kind) {
  const tab = document.getElementById(`as-${kind}`);
  if (tab instanceof HTMLInputElement) tab.checked = true;
  /** @type {HTMLTextAreaElement | null} */ (document.querySelector(`#composer textarea[data-draft=${kind}]`))?.focus();
}

handle("reply", "#as-reply", () => write("reply"));
handle("note", "#as-note", () => write("note"));
handle("send", "#composer", () => {
  const area = document.activeElement;
  if (area instanceof HTMLTextAreaElement) area.form?.requestSubmit();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || !composer()?.contains(document.activeElement)) return;
  /** @type {HTMLElement | null} */ (document.activeElement)?.blur();
  document.getElementById("timeline")?.focus({ preventScroll: true });
});

// An uploaded file is with the draft now; the input must not send it again.
document.addEventListener("htmx:after:swap", (event) => {
  const source = /** @type {CustomEvent} */ (event).detail.ctx?.sourceElement;
  if (source instanceof HTMLInputElement && source.type === "file") source.value = "";
  areas().forEach(showLength);
});

areas().forEach(showLength);
