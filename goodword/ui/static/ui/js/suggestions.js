// What may be meant: saved replies after `/`, colleagues after `@`. The server says which, and fills a reply in.
import { post } from "./page.js";

const ASK = /(?:^|\s)([/@])([\p{L}\p{N}_.-]*)$/u;

/** @type {AbortController | null} */
let asking = null;

/** @param {HTMLTextAreaElement} area */
const place = (area) => document.getElementById(area.getAttribute("aria-controls") ?? "");

/** @param {HTMLTextAreaElement} area */
function close(area) {
  asking?.abort();
  place(area)?.replaceChildren();
  area.removeAttribute("aria-activedescendant");
}

/** @param {HTMLTextAreaElement} area */
const options = (area) => [...(place(area)?.querySelectorAll("[role=option]") ?? [])];

/**
 * @param {HTMLTextAreaElement} area
 * @param {number} index
 */
function choose(area, index) {
  const all = options(area);
  all.forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
  area.setAttribute("aria-activedescendant", all[index]?.id ?? "");
  all[index]?.scrollIntoView({ block: "nearest" });
}

/** @param {HTMLTextAreaElement} area */
export async function suggest(area) {
  const found = ASK.exec(area.value.slice(0, area.selectionStart));
  const url = found && area.dataset[found[1] === "/" ? "replies" : "colleagues"];
  if (!found || !url) return close(area);
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(`${url}?q=${encodeURIComponent(found[2])}`, {
      headers: { "HX-Request": "true" },
      signal: asking.signal,
    });
    if (!answer.ok) return close(area);
    const list = place(area);
    if (list) list.innerHTML = await answer.text();
    choose(area, 0);
  } catch {
    // A newer question took its place, or we are offline.
  }
}

/**
 * @param {HTMLTextAreaElement} area
 * @param {Element} option
 */
async function insert(area, option) {
  const caret = area.selectionStart;
  const found = ASK.exec(area.value.slice(0, caret));
  if (!found) return;
  close(area);
  const text = option.getAttribute("data-text") ?? (await filledIn(option.getAttribute("data-fill") ?? ""));
  put(area, text, caret - found[2].length - 1, caret);
}

/** @param {string} url */
async function filledIn(url) {
  const answer = await post(url, {});
  return answer.ok ? answer.text() : "";
}

/**
 * @param {HTMLTextAreaElement} area
 * @param {string} text
 * @param {number} start
 * @param {number} end
 */
function put(area, text, start, end) {
  area.focus();
  if (!text) return;
  area.setRangeText(text, start, end, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

// The dialog of saved replies: without a script its form makes the reply the draft.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  const area = form instanceof HTMLFormElement && document.getElementById(form.dataset.insert ?? "");
  if (!(form instanceof HTMLFormElement) || !(area instanceof HTMLTextAreaElement)) return;
  event.preventDefault();
  const text = await filledIn(form.action);
  form.closest("dialog")?.close();
  put(area, text, area.selectionStart, area.selectionEnd);
});

document.addEventListener("keydown", (event) => {
  const area = event.target;
  if (!(area instanceof HTMLTextAreaElement)) return;
  const all = options(area);
  if (!all.length) return;
  const at = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    choose(area, (at + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length);
  } else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || event.key === "Tab") {
    insert(area, all[Math.max(0, at)]);
  } else if (event.key === "Escape") {
    close(area);
  } else {
    return;
  }
  event.preventDefault();
});

document.addEventListener("click", (event) => {
  const option = event.target instanceof Element ? event.target.closest(".suggestions [role=option]") : null;
  const list = option?.parentElement;
  const area = list && document.querySelector(`textarea[aria-controls="${list.id}"]`);
  if (option && area instanceof HTMLTextAreaElement) insert(area, option);
});
