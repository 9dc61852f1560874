// The one script of an agent's page. Every module adds to a page that works without it.
import "./answers.js";
import "./case-list.js";
import "./composer.js";
import "./composer-reading.js";
import "./conversation.js";
import "./dialogs.js";
import "./fill-in.js";
import "./help.js";
import "./keys.js";
import "./live.js";
import "./palette.js";
import "./panel.js";
import { showPlace } from "./rail.js";
import "./toasts.js";

document.documentElement.classList.add("scripted");
showPlace(); // once the buttons below stand there, too
