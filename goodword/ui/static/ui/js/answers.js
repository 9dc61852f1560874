// What htmx does with an answer, beside swapping it.
import { htmx } from "./page.js";
import { toast } from "./toasts.js";

/** @param {string} name */
const said = (name) => document.body.dataset[name] ?? "";

// A whole page is no fragment. After a redirect (signed out, or a form that only knows pages) go there; an error page
// becomes a word, and what was typed stays.
document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = /** @type {CustomEvent} */ (event).detail;
  if (!/^\s*<!doctype/i.test(ctx.text ?? "") || ctx.target === document.body) return;
  event.preventDefault();
  if (ctx.response.status >= 400) toast(said(ctx.response.status === 403 ? "forbidden" : "failed"));
  else location.assign(ctx.response.raw.url);
});

document.addEventListener("htmx:error", () => toast(said("offline")));

// After a swap the focus goes to a named place.
document.addEventListener("htmx:after:swap", (event) => {
  const { ctx } = /** @type {CustomEvent} */ (event).detail;
  const place = ctx?.sourceElement?.closest?.("[data-focus-after]")?.dataset.focusAfter;
  if (place) document.getElementById(place)?.focus({ preventScroll: true });
});

/**
 * GET a fragment for a target.
 * @param {string} url
 * @param {string} target selector
 * @param {string} swap
 */
export function load(url, target, swap) {
  const place = document.querySelector(target);
  // A form as the source would send its own fields along: the cases that are ticked in a list, say.
  const source = (place instanceof HTMLFormElement ? place.parentElement : place) ?? document.body;
  return htmx.ajax("GET", url, { target, swap, source });
}
