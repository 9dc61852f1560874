// Single keys, two keys in a row, and chords. Never while writing, never in a dialog, never with Alt.
import { actions, pressOwn, run } from "./actions.js";
import { isWriting } from "./page.js";

const SEQUENCE_MS = 1200;
const singleKeys = document.documentElement.dataset.keys !== "off";
const apple = /Mac|iPhone|iPad/.test(navigator.platform);

/** @type {Map<string, string>} */
const byKeys = new Map(actions.filter((action) => action.keys).map((action) => [action.keys, action.name]));
const starters = new Set([...byKeys.keys()].filter((keys) => keys.includes(" ")).map((keys) => keys[0]));

/**
 * The letter of the key, whatever the layout: Cyrillic or Greek keyboards fall back to where the key sits.
 * @param {KeyboardEvent} event
 */
function letter(event) {
  if (/^[\x21-\x7e]$/.test(event.key) || event.key.length > 1) return event.key;
  return /^Key[A-Z]$/.test(event.code) ? event.code[3].toLowerCase() : event.key;
}

let pending = "";
let pendingSince = 0;

/** @param {KeyboardEvent} event */
function chord(event) {
  const mod = apple ? event.metaKey : event.ctrlKey;
  const key = letter(event);
  // Some keyboards need Shift for these; none for a letter.
  return mod && (!event.shiftKey || key === "." || key === "'") ? byKeys.get(`Mod+${key}`) : undefined;
}

/** @param {KeyboardEvent} event */
function single(event) {
  const key = letter(event);
  const started = pending && event.timeStamp - pendingSince < SEQUENCE_MS ? pending : "";
  pending = "";
  if (started) return byKeys.get(`${started} ${key}`);
  if (starters.has(key)) {
    pending = key;
    pendingSince = event.timeStamp;
  }
  return byKeys.get(key);
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  if (event.ctrlKey || event.metaKey) {
    const name = chord(event);
    if (name && run(name)) event.preventDefault();
    return;
  }
  if (event.key === "Escape" || !singleKeys || isWriting(event.target) || document.querySelector("dialog[open]")) return;
  // Enter and Space belong to the element that has the focus.
  if (event.key === "Enter" || event.key === " ") return;
  const name = single(event);
  if (name ? run(name) : pressOwn(event.key)) event.preventDefault();
});
