// One dialog for every form that has an address of its own. Without a script its link leads to the page.

const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById("dialog"));

/** @type {HTMLElement | null} */
let opener = null;

document.addEventListener("htmx:after:swap", () => {
  const body = dialog?.querySelector(".dialog-body");
  if (!dialog || !body || dialog.open) return;
  opener = document.activeElement instanceof HTMLElement ? document.activeElement : null;
  dialog.showModal();
});

dialog?.addEventListener("close", () => {
  document.getElementById("dialog-content")?.replaceChildren();
  const place = opener?.isConnected ? opener : document.querySelector(".current .subject, #main");
  if (place instanceof HTMLElement) place.focus({ preventScroll: true });
});

document.addEventListener("dialog-close", () => dialog?.close());

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  if (!target) return;
  if (target.closest("[data-close]") && target.closest("dialog")) {
    event.preventDefault();
    target.closest("dialog")?.close();
  } else if (target instanceof HTMLDialogElement) {
    target.close(); // the backdrop
  }
});
