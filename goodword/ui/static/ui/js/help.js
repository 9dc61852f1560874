// The `?` dialog, built from the registry.
import { actions, handle } from "./actions.js";

const help = /** @type {HTMLDialogElement | null} */ (document.getElementById("help"));

/** @param {string} keys */
function hint(keys) {
  const kbd = document.createElement("kbd");
  kbd.textContent = keys.replace("Mod", /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl").replace("+", " ");
  return kbd;
}

function fill() {
  const place = help?.querySelector(".keys");
  if (!place || place.childElementCount) return;
  for (const group of new Set(actions.map((action) => action.group))) {
    const section = document.createElement("section");
    const title = document.createElement("h3");
    title.textContent = group;
    const list = document.createElement("dl");
    for (const action of actions.filter((one) => one.group === group && one.keys)) {
      const term = document.createElement("dt");
      term.textContent = action.label;
      const keys = document.createElement("dd");
      keys.append(hint(action.keys));
      list.append(term, keys);
    }
    section.append(title, list);
    place.append(section);
  }
}

if (help) {
  handle("help", "#help", () => {
    fill();
    help.showModal();
  });
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-action=help]")) {
      event.preventDefault();
      fill();
      help.showModal();
    }
  });
}
