// What the server reads in a draft: promises are confirmed with one key, and the boxes' state is never lost to a swap.
import { handle } from "./actions.js";

const PROMISES = "#reading input[name=promise]";

/** @returns {HTMLInputElement[]} */
const boxes = () => [...document.querySelectorAll(PROMISES)].filter((one) => one instanceof HTMLInputElement);

// The next promise that isn't confirmed; after the last, all of them are free again.
handle("promise", PROMISES, () => {
  const all = boxes();
  const next = all.find((box) => !box.checked);
  for (const box of next ? [next] : all) box.checked = next !== undefined;
  readAgain();
});

/** An answer that is under way knows nothing of the box: another takes its place. */
function readAgain() {
  document.getElementById("reading")?.dispatchEvent(new Event("read-again"));
}

document.addEventListener("change", (event) => {
  const box = event.target;
  if (box instanceof HTMLInputElement && box.type === "checkbox" && box.closest("#reading")) readAgain();
});
