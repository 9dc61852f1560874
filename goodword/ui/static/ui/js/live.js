// The stream of what changed in this workspace (goodword/web/stream.py). Nothing that is being read is moved by it.
import { caseChanged } from "./case-list.js";
import { lookInSoon, openCase, refresh } from "./conversation.js";

/** Facts that put a case at the top of somebody's list. */
const NEW = new Set(["CaseOpened", "CaseReopened", "MessageReceived", "CaseWoken", "ResolutionDisputed"]);

const stream = document.getElementById("live");

// What came while the page was on its way was announced to nobody.
stream?.addEventListener("hello", () => openCase() && refresh());

stream?.addEventListener("workspace-changed", (event) => {
  const { kind, subject } = JSON.parse(/** @type {CustomEvent} */ (event).detail.data);
  const [about, id] = String(subject).split(":");
  if (kind === "Everything") {
    document.dispatchEvent(new Event("case-changed"));
    caseChanged("everything", true);
  } else if (about === "case" && kind === "Presence") {
    if (id === openCase()) lookInSoon();
  } else if (about === "case") {
    if (id === openCase()) document.dispatchEvent(new Event("case-changed"));
    caseChanged(id, NEW.has(kind) && id !== openCase());
  }
});
