// A form that is filled in by what stands behind # in its address, as `goodword simulate` prints it: that part never leaves
// the browser. Nothing is sent: a person looks at it, and presses the button.
const form = document.querySelector("form[data-filled-by-address]");
if (form instanceof HTMLFormElement && location.hash.includes("=")) {
  for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
    const field = form.elements.namedItem(name);
    const isTyped = field instanceof HTMLInputElement && !["hidden", "checkbox", "radio"].includes(field.type);
    if (isTyped || field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement) field.value = value;
  }
  history.replaceState(null, "", location.pathname + location.search);
}
