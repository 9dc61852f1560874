// Moving through the list by keyboard, and what is new in it.
import { handle } from "./actions.js";
import { load } from "./answers.js";
import { throttled } from "./page.js";

const list = () => document.getElementById("case-list");

/** @returns {HTMLElement[]} */
const links = () => [...(list()?.querySelectorAll(".case-row .subject") ?? [])].filter((x) => x instanceof HTMLElement);

/** Where we are: the row with the focus, or else the open case. */
function here() {
  const all = links();
  const focused = all.findIndex((link) => link.closest(".case-row")?.contains(document.activeElement));
  return focused >= 0 ? focused : all.findIndex((link) => link.closest(".current"));
}

/** @param {number} step */
function move(step) {
  const all = links();
  const next = all[Math.max(0, Math.min(all.length - 1, here() + step))];
  next?.focus();
  next?.closest(".case-row")?.scrollIntoView({ block: "nearest" });
}

const ROW = "#case-list .case-row";

handle("next", ROW, () => move(1));
handle("previous", ROW, () => move(-1));
handle("open", ROW, () => links()[here()]?.click());
handle("select", ROW, () => {
  const box = links()[here()]?.closest(".case-row")?.querySelector("input[type=checkbox]");
  if (box instanceof HTMLInputElement) box.click();
});

// How many are selected, and all of the list or none.
document.addEventListener("change", (event) => {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || !box.closest("#case-list")) return;
  const boxes = /** @type {HTMLInputElement[]} */ ([...(list()?.querySelectorAll("input[name=case]") ?? [])]);
  if (box.id === "pick-all") for (const each of boxes) each.checked = box.checked;
  const picked = boxes.filter((each) => each.checked).length;
  const all = document.getElementById("pick-all");
  if (all instanceof HTMLInputElement) all.checked = picked === boxes.length;
  const text = document.getElementById("picked");
  if (text) text.textContent = (text.dataset.text ?? "{n}").replace("{n}", String(picked));
});

// The row of the case that was opened.
document.addEventListener("htmx:after:swap", () => {
  const open = document.querySelector("#case[data-case]")?.getAttribute("data-case");
  for (const row of document.querySelectorAll(".case-row")) {
    const current = row.id === `case-row-${open}`;
    row.classList.toggle("current", current);
    if (current) row.classList.remove("unread");
    row.querySelector(".subject")?.toggleAttribute("aria-current", current);
  }
});

/** @type {Set<string>} */
const fresh = new Set();
/** @type {Set<string>} */
const stale = new Set();

const refreshRows = throttled(() => {
  const rows = list()?.dataset.rows;
  const ids = [...stale].filter((id) => document.getElementById(`case-row-${id}`));
  stale.clear();
  if (rows && ids.length) load(`${rows}?ids=${ids.slice(0, 60).join(",")}&list=${encodeURIComponent(location.search.slice(1))}`, "#case-list", "none");
}, 700);

function showCount() {
  const button = document.getElementById("show-new");
  if (!button) return;
  button.hidden = fresh.size === 0;
  const text = button.querySelector(".text");
  if (text) text.textContent = (button.dataset.text ?? "{n}").replace("{n}", String(fresh.size));
}

/**
 * A case changed somewhere: count what is new, and bring its row up to date without moving it.
 * @param {string} id
 * @param {boolean} isNew
 */
export function caseChanged(id, isNew) {
  stale.add(id);
  refreshRows();
  if (isNew) {
    fresh.add(id);
    showCount();
  }
}

/** Load the list anew, from its top. */
async function reload() {
  const address = list()?.dataset.list;
  if (!address) return;
  fresh.clear();
  showCount();
  await load(address, "#case-list", "outerHTML");
  document.querySelector(".list-scroll")?.scrollTo({ top: 0 });
  links()[0]?.focus({ preventScroll: true });
}

document.addEventListener("list-changed", reload);
document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("#show-new")) reload();
});
