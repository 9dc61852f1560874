// The open case: where it is scrolled to, what is new in it, who else is here, and the seconds left to undo.
import { handle } from "./actions.js";
import { load } from "./answers.js";
import { writing } from "./composer.js";
import { post, shown, throttled } from "./page.js";

const PRESENCE_MS = 10_000;
const READ_MS = 4000;

const open = () => /** @type {HTMLElement | null} */ (document.querySelector("#case[data-case]"));
const timeline = () => document.getElementById("timeline");

/** @param {HTMLElement} element */
const atEnd = (element) => element.scrollHeight - element.scrollTop - element.clientHeight < 80;

/** @type {Element | null} */
let arrivedAt = null;

// Who is at the end stays there while pictures come in, entries are added and the composer grows.
let following = true;
let lastTop = 0;
const growth = new ResizeObserver(() => {
  if (following) toEnd();
});

function toEnd() {
  const element = timeline();
  if (!element) return;
  following = true;
  element.scrollTop = element.scrollHeight;
  hideToLatest();
}

function hideToLatest() {
  document.getElementById("to-latest")?.setAttribute("hidden", "");
}

/** Only whoever scrolls up leaves the end: what grows below moves nothing. */
function noteScroll() {
  const element = timeline();
  if (!element) return;
  if (atEnd(element)) {
    following = true;
    hideToLatest();
  } else if (element.scrollTop < lastTop) following = false;
  lastTop = element.scrollTop;
}

/** Once per opened case: show its end, and say that we look at it. */
function arrive() {
  const element = timeline();
  if (!element || element === arrivedAt) return;
  arrivedAt = element;
  lastTop = 0;
  following = !location.hash;
  if (following) toEnd();
  element.addEventListener("scroll", noteScroll, { passive: true });
  growth.disconnect();
  growth.observe(element);
  for (const list of element.querySelectorAll(".entries")) growth.observe(list);
  lookIn();
}

/** See what is new in the open case. */
export const refresh = throttled(async () => {
  const latest = open()?.dataset.latest;
  const url = latest && `${latest}&list=${encodeURIComponent(location.search.slice(1))}`;
  const element = timeline();
  if (!url || !element) return;
  const before = element.querySelectorAll(".entry").length;
  await load(url, "#latest", "innerMorph");
  const now = element.querySelectorAll(".entry").length;
  const more = now > before;
  if (following || undoWanted) toEnd(); // our own reply comes into view with its Undo, wherever its writer was reading
  else if (more) document.getElementById("to-latest")?.removeAttribute("hidden");
  else if (now < before) hideToLatest();
  if (more) window.setTimeout(takeAsSeen, READ_MS, element);
  countDown();
  focusUndo();
}, 150);

document.addEventListener("case-changed", refresh);

/**
 * What has stood on the screen for some seconds counts as seen: sending needs no second word then.
 * @param {HTMLElement} element
 */
function takeAsSeen(element) {
  if (!element.isConnected || document.hidden || !atEnd(element)) return;
  /** @param {string} name @param {string} selector */
  const take = (name, selector) => {
    const input = document.querySelector(`#composer [name=${name}]`);
    const id = [...element.querySelectorAll(selector)].at(-1)?.id.replace("message-", "");
    if (input instanceof HTMLInputElement && id) input.value = id;
  };
  take("seen_inbound_id", ".entry.inbound");
  take("seen_message_id", ".entry:not(.note)");
}

// Earlier messages are put in above; what is being read stays where it is.
/** @type {{element: Element, top: number} | null} */
let reading = null;
document.addEventListener("htmx:before:swap", () => {
  const element = timeline()?.querySelector(".entry");
  reading = element ? { element, top: element.getBoundingClientRect().top } : null;
});
document.addEventListener("htmx:after:swap", (event) => {
  const source = /** @type {CustomEvent} */ (event).detail.ctx?.sourceElement;
  const element = timeline();
  if (!element || !reading || !(source instanceof Element) || source.id !== "earlier") return;
  element.scrollTop += reading.element.getBoundingClientRect().top - reading.top;
});

/** The id of the open case, as facts name it. */
export const openCase = () => open()?.dataset.case ?? "";

// After sending, the focus goes to Undo: `z` and Enter both work from there.
let undoWanted = false;
document.addEventListener("reply-queued", () => {
  undoWanted = true;
});

function focusUndo() {
  if (writing()) undoWanted = false; // who goes on writing is not interrupted
  if (!undoWanted) return;
  const buttons = document.querySelectorAll("#latest [data-action=undo]");
  const last = buttons[buttons.length - 1];
  if (last instanceof HTMLElement) {
    undoWanted = false;
    last.focus({ preventScroll: true });
  }
}

handle("undo", "[data-action=undo]", () => {
  const buttons = [...document.querySelectorAll("[data-action=undo]")].filter((one) => /** @type {HTMLElement} */ (one).checkVisibility());
  /** @type {HTMLElement | undefined} */ (buttons.at(-1))?.click();
});

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("#to-latest") : null;
  if (!button) return;
  toEnd();
  timeline()?.focus({ preventScroll: true });
});

async function lookIn() {
  const here = open();
  const place = document.getElementById("presence");
  const url = here?.dataset.presence;
  if (!here || !place || !url || document.hidden) return;
  try {
    const answer = await post(url, writing() ? { writing: "1" } : {});
    if (answer.ok && here.isConnected) place.innerHTML = await answer.text();
  } catch {
    // Offline: whoever else is here stays as it was; the next round says it again.
  }
}

export const lookInSoon = throttled(lookIn, 300);
document.addEventListener("writing-changed", lookInSoon);
window.setInterval(lookIn, PRESENCE_MS);
document.addEventListener("visibilitychange", lookInSoon);

/** @type {WeakMap<Element, {seconds: string, until: number}>} */
const deadlines = new WeakMap();

function countDown() {
  for (const element of document.querySelectorAll("[data-seconds-left]")) {
    const seconds = element.getAttribute("data-seconds-left") ?? "0";
    let deadline = deadlines.get(element);
    if (deadline?.seconds !== seconds) {
      deadline = { seconds, until: performance.now() + Number(seconds) * 1000 };
      deadlines.set(element, deadline);
    }
    const left = Math.ceil((deadline.until - performance.now()) / 1000);
    const text = left > 0 ? element.getAttribute("data-text") : element.getAttribute("data-over");
    element.textContent = (text ?? "").replace("{n}", String(left));
    const entry = element.closest(".entry");
    if (left <= 0) entry?.querySelector(".undo-form")?.setAttribute("hidden", "");
  }
}

window.setInterval(() => {
  if (shown("[data-seconds-left]")) countDown();
}, 250);

document.addEventListener("htmx:after:swap", arrive);
arrive();
countDown();
