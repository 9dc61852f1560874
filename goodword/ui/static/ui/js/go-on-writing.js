// Who goes on writing while words are on their way to the server loses nothing when the next composer comes.

/**
 * What each was sent as.
 * @type {WeakMap<HTMLTextAreaElement, string>}
 */
const sentAs = new WeakMap();

/** @param {HTMLTextAreaElement} area */
export const noteSent = (area) => sentAs.set(area, area.value);

/**
 * What is to be put into the next composer, by the request that brings it.
 * @typedef {{kind: string, text: string, refused: boolean, selection: [number, number] | null}} Carried
 * @type {WeakMap<object, Carried>}
 */
const carried = new WeakMap();

/**
 * The area whose words a form sends: its own, or that of the composer for the dialog that sends them after all; or lets
 * its writer go on with them.
 * @param {Element} source
 * @returns {HTMLTextAreaElement | undefined}
 */
function areaOf(source) {
  const url = source.getAttribute("hx-post") ?? source.getAttribute("data-goes-on-with");
  const areas = /** @type {NodeListOf<HTMLTextAreaElement>} */ (document.querySelectorAll("#composer textarea[data-draft]"));
  return url ? [...areas].find((area) => area.form?.getAttribute("hx-post") === url) : undefined;
}

/**
 * Before the composer is replaced: keep what was written in it since its words were sent.
 * @param {{target?: unknown, sourceElement?: unknown, response: {status: number}} | undefined} ctx
 */
export function carryOver(ctx) {
  if (!(ctx?.sourceElement instanceof Element) || !(ctx.target instanceof Element) || ctx.target.id !== "composer") return;
  const area = areaOf(ctx.sourceElement);
  const sent = area && sentAs.get(area);
  if (!area || sent === undefined || area.value === sent) return;
  const refused = ctx.response.status >= 400 || ctx.sourceElement.hasAttribute("data-goes-on-with");
  carried.set(ctx, {
    kind: area.dataset.draft ?? "",
    text: !refused && area.value.startsWith(sent) ? area.value.slice(sent.length).trimStart() : area.value,
    refused,
    selection: document.activeElement === area ? [area.selectionStart, area.selectionEnd] : null,
  });
}

document.addEventListener("htmx:after:swap", (event) => {
  const { ctx } = /** @type {CustomEvent} */ (event).detail;
  const kept = ctx && carried.get(ctx);
  const area = kept && document.querySelector(`#composer textarea[data-draft=${kept.kind}]`);
  if (!kept?.text || !(area instanceof HTMLTextAreaElement)) return;
  carried.delete(ctx);
  area.value = kept.text;
  if (kept.selection) {
    area.focus({ preventScroll: true });
    if (kept.refused) area.setSelectionRange(...kept.selection);
  }
  area.dispatchEvent(new Event("input", { bubbles: true })); // it is kept as a draft, and read
});
