// The customer panel: a drawer on narrow screens (a popover, without us), shown or put away on wide ones.
import { handle } from "./actions.js";

handle("panel", "#side-panel", () => {
  const panel = document.getElementById("side-panel");
  if (!panel) return;
  if (matchMedia("(width >= 1280px)").matches) {
    const root = document.documentElement;
    if (root.dataset.panel === "closed") delete root.dataset.panel;
    else root.dataset.panel = "closed";
  } else {
    panel.togglePopover();
  }
});
