// The registry of goodword/ui/actions.py, as the page carries it.
import { shown } from "./page.js";

/** @typedef {{name: string, label: string, group: string, keys: string}} Action */

/** @type {Action[]} */
export const actions = JSON.parse(document.getElementById("actions")?.textContent ?? "[]");

/** @type {Map<string, {run: () => void, where: string}>} */
const handlers = new Map();

/**
 * Say what an action does that has no button of its own.
 * @param {string} name
 * @param {string} where selector of what must be on the page for it
 * @param {() => void} run
 */
export function handle(name, where, run) {
  handlers.set(name, { run, where });
}

/** @param {string} name */
function handler(name) {
  const found = handlers.get(name);
  return found && document.querySelector(found.where) ? found.run : undefined;
}

/**
 * What is marked so: the one that is shown, or else one in a menu that is closed now.
 * @param {string} mark
 * @returns {HTMLElement | null}
 */
function marked(mark) {
  return shown(mark) ?? document.querySelector(`[popover] ${mark}`);
}

/** @param {string} name */
const button = (name) => marked(`[data-action="${name}"]`);

/**
 * Press what the workspace gave this digit to, such as a macro. False where there is nothing.
 * @param {string} key
 */
export function pressOwn(key) {
  const element = /^[1-9]$/.test(key) ? marked(`[data-own-key="${key}"]`) : null;
  element?.click();
  return element !== null;
}

/**
 * Whether it can be done on this page, now.
 * @param {Action} action
 */
export const available = (action) => handler(action.name) !== undefined || button(action.name) !== null;

/**
 * Do it: by its handler, or by pressing its button. False when it can't be done here.
 * @param {string} name
 */
export function run(name) {
  const own = handler(name);
  if (own) {
    own();
    return true;
  }
  const element = button(name);
  if (!element) return false;
  if (element.matches("input:not([type=checkbox], [type=radio]), textarea")) element.focus();
  else element.click();
  return true;
}
