// Ctrl/⌘+K: every action that can be done here, those that the workspace made its own, and every place of the navigation.
import { actions, available, handle, run } from "./actions.js";

const palette = /** @type {HTMLDialogElement | null} */ (document.getElementById("palette"));
const input = palette?.querySelector("input");
const list = palette?.querySelector("[role=listbox]");

/** @typedef {{label: string, keys: string, run: () => void}} Row */

/** @returns {Row[]} */
function rows() {
  const doable = actions
    .filter((action) => action.name !== "palette" && available(action))
    .map((action) => ({ label: action.label, keys: action.keys, run: () => void run(action.name) }));
  const own = [...document.querySelectorAll("[data-own-action]")].map((element) => {
    const { ownAction, ownKey } = /** @type {HTMLElement} */ (element).dataset;
    return { label: ownAction ?? "", keys: ownKey ?? "", run: () => /** @type {HTMLElement} */ (element).click() };
  });
  const places = [...document.querySelectorAll(".rail a.nav-item")].map((link) => ({
    label: link.querySelector(".text")?.textContent?.trim() ?? "",
    keys: "",
    run: () => /** @type {HTMLElement} */ (link).click(),
  }));
  return [...doable, ...own, ...places];
}

/** @type {Row[]} */
let matching = [];
let chosen = 0;

function draw() {
  if (!list || !input) return;
  list.replaceChildren(
    ...matching.map((row, index) => {
      const option = document.createElement("div");
      option.role = "option";
      option.id = `palette-${index}`;
      option.ariaSelected = String(index === chosen);
      option.append(row.label);
      if (row.keys) {
        const kbd = document.createElement("kbd");
        kbd.textContent = row.keys.replace("Mod+", "Ctrl ");
        option.append(kbd);
      }
      option.addEventListener("click", () => choose(index));
      return option;
    }),
  );
  input.setAttribute("aria-activedescendant", matching.length ? `palette-${chosen}` : "");
  list.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
}

function search() {
  const wanted = (input?.value ?? "").toLowerCase().split(/\s+/);
  matching = rows().filter((row) => wanted.every((word) => row.label.toLowerCase().includes(word)));
  chosen = 0;
  draw();
}

/** @param {number} index */
function choose(index) {
  const row = matching[index];
  palette?.close();
  row?.run();
}

if (palette && input && list) {
  const open = () => {
    if (palette.open) return;
    input.value = "";
    search();
    palette.showModal();
  };
  handle("palette", "#palette", open);
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-action=palette]")) open();
  });
  input.addEventListener("input", search);
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && matching.length) {
      event.preventDefault();
      chosen = (chosen + step + matching.length) % matching.length;
      draw();
    } else if (event.key === "Enter") {
      event.preventDefault();
      choose(chosen);
    }
  });
}
