// Small words that every module needs.

/** The htmx global; its script stands before ours in the page. */
export const htmx = /** @type {any} */ (window).htmx;

/**
 * The first element of a selector that is shown, or null.
 * @param {string} selector
 * @returns {HTMLElement | null}
 */
export function shown(selector) {
  for (const element of document.querySelectorAll(selector)) {
    if (element instanceof HTMLElement && element.checkVisibility()) return element;
  }
  return null;
}

const KEPT_ALIVE = 60_000; // browsers let 64 KiB outlive their page

/**
 * POST a form's fields; the answer may be used or ignored. Survives the page being left, unless it is very long.
 * @param {string} url
 * @param {Record<string, string>} fields
 */
export function post(url, fields) {
  const body = new URLSearchParams(fields);
  return fetch(url, {
    method: "POST",
    keepalive: body.toString().length < KEPT_ALIVE,
    headers: { "X-CSRFToken": document.body.dataset.csrf ?? "", "HX-Request": "true" },
    body,
  });
}

/**
 * Whether a key press there is text: the person is writing.
 * @param {EventTarget | null} target
 */
export function isWriting(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches("textarea, select")) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit", "file"].includes(target.type);
}

/**
 * Run at most once per `wait` milliseconds, the last call never lost.
 * @param {() => void} run
 * @param {number} wait
 */
export function throttled(run, wait) {
  let timer = 0;
  return () => {
    if (!timer) {
      timer = window.setTimeout(() => {
        timer = 0;
        run();
      }, wait);
    }
  };
}
