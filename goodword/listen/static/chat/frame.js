// The chat's own page, in a frame of the brand's page or by itself. Everything here also works by plain forms; this
// sends them without leaving the page, and shows answers as they come.
const { key, origins = "", live = "", thread = "", lost = "", sending = "" } = document.body.dataset;

/** @template {Element} T @param {string} id @returns {T} */
const at = (id) => /** @type {any} */ (document.getElementById(id));
const log = at("log");
const trouble = at("trouble");
const write = /** @type {HTMLFormElement} */ (at("write"));
const reach = /** @type {HTMLFormElement} */ (at("reach"));
const text = /** @type {HTMLTextAreaElement} */ (at("text"));

// ── The page around us ──────────────────────────────────────────────────────────────────────────────────────────────
// It says which origin it is; only those that may show this chat are believed, and only the window that frames us.
const claimed = decodeURIComponent(location.hash.slice(1));
const around = window.parent !== window && origins.split(" ").includes(claimed) ? claimed : "";
let page = "";
let isShown = true;
let hasBegun = false; // what was said before is no news
let news = 0;

/** @param {object} what */
const tell = (what) => around && window.parent.postMessage(what, around);

/** Functions that wait for a word of the page around us. @type {Record<string, ((data: any) => void)[]>} */
const awaited = {};

/** @param {string} name @param {number} patience milliseconds @returns {Promise<any>} */
const word = (name, patience) =>
  new Promise((resolve) => {
    (awaited[name] ??= []).push(resolve);
    setTimeout(() => resolve(null), patience);
  });

window.addEventListener("message", ({ origin, source, data }) => {
  if (!around || origin !== around || source !== window.parent || typeof data?.goodword !== "string") return;
  for (const resolve of awaited[data.goodword]?.splice(0) ?? []) resolve(data);
  if (data.goodword === "shown") {
    isShown = Boolean(data.open);
    if (isShown) {
      news = 0;
      text.focus();
      if (hasBegun) refresh(); // that it was seen
    }
  }
});

// ── Who we are ──────────────────────────────────────────────────────────────────────────────────────────────────────
// Either a random token that this browser keeps, or what the brand's server says. No cookie is set or sent.
let identified = false;
let authorization = "";

function remembered() {
  const name = `goodword.chat.${key}`;
  const fresh = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  try {
    const kept = localStorage.getItem(name);
    if (kept) return kept;
    localStorage.setItem(name, fresh);
  } catch {
    // A browser that keeps nothing for frames: the conversation lasts as long as this page.
  }
  return fresh;
}

async function identify() {
  if (!identified) {
    authorization ||= `Visitor ${remembered()}`;
    return;
  }
  const answer = word("identity", 10_000);
  tell({ goodword: "identity" });
  authorization = `Bearer ${(await answer)?.token ?? ""}`;
}

// ── Talking to the server ───────────────────────────────────────────────────────────────────────────────────────────
class Refused extends Error {}

/** @param {string} url @param {Record<string, string>} fields @returns {Promise<Document>} the thread as it stands */
async function post(url, fields, again = identified) {
  const answer = await fetch(url, {
    method: "POST",
    credentials: "omit",
    headers: { Authorization: authorization },
    body: new URLSearchParams({ ...fields, shown: isShown && document.visibilityState === "visible" ? "yes" : "no" }),
  });
  if (answer.status === 401 && again) {
    await identify();
    return post(url, fields, false);
  }
  if (!answer.ok) {
    const said = await answer.json().catch(() => ({}));
    throw new Refused(said.error || lost);
  }
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/** @param {unknown} error */
function complain(error) {
  trouble.textContent = error instanceof Refused ? error.message : lost;
  trouble.hidden = false;
}

// ── Showing the conversation ────────────────────────────────────────────────────────────────────────────────────────
/** Only what changed is touched, so that a screen reader hears new messages and nothing twice. @param {Document} said */
function showThread(said) {
  const list = at("entries");
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  [...said.querySelectorAll("#entries > li")].forEach((fresh, place) => {
    localTimes(fresh);
    const shown = document.getElementById(fresh.id);
    const entry = shown && shown.textContent === fresh.textContent ? shown : fresh;
    if (!shown && fresh.classList.contains("ours") && hasBegun) news += 1;
    if (shown && entry === fresh) shown.replaceWith(fresh);
    if (list.children[place] !== entry) list.insertBefore(entry, list.children[place] ?? null);
  });
  const standing = said.getElementById("standing");
  if (standing && standing.outerHTML !== at("standing").outerHTML) at("standing").replaceWith(standing);
  offerMail();
  if (atEnd || !isShown) log.scrollTop = log.scrollHeight;
  if (news && !isShown) tell({ goodword: "news", count: news });
  if (list.children.length) listen();
}

function offerMail() {
  reach.hidden = at("standing").dataset.asks !== "yes" && !reach.contains(document.activeElement);
}

/** @param {ParentNode} within */
function localTimes(within) {
  for (const time of /** @type {NodeListOf<HTMLTimeElement>} */ (within.querySelectorAll("time"))) {
    const moment = new Date(time.dateTime);
    const today = moment.toDateString() === new Date().toDateString();
    time.textContent = moment.toLocaleString(document.documentElement.lang, {
      hour: "2-digit", minute: "2-digit", ...(today ? {} : { day: "numeric", month: "short" }),
    });
  }
}

async function refresh() {
  try {
    showThread(await post(thread, {}));
  } catch (error) {
    if (error instanceof Refused) complain(error);
  }
}

// ── Live ────────────────────────────────────────────────────────────────────────────────────────────────────────────
let listening = false;

/** Hear that the conversation went on. Not by EventSource, which can't say who we are but in an address. */
async function listen() {
  if (listening) return;
  listening = true;
  for (let pause = 1000; ; pause = Math.min(pause * 2, 60_000)) {
    try {
      const answer = await fetch(live, { credentials: "omit", headers: { Authorization: authorization } });
      if (answer.status === 401) await identify();
      const reader = answer.ok ? answer.body?.pipeThrough(new TextDecoderStream()).getReader() : undefined;
      if (reader) {
        pause = 500;
        await refresh(); // what came while nobody listened
      }
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
        if (part.value.includes("thread-changed")) await refresh();
      }
    } catch {
      // Away: we come back, later each time.
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

// Without the stream too, answers are seen; and that it is late, or evening, is said in time.
setInterval(() => document.visibilityState === "visible" && at("entries").children.length && refresh(), 60_000);
document.addEventListener("visibilitychange", () => hasBegun && document.visibilityState === "visible" && refresh());

// ── Writing ─────────────────────────────────────────────────────────────────────────────────────────────────────────
/** The same id until it was taken: a second click, or a second try, is the same message. */
const ids = { write: crypto.randomUUID(), reach: crypto.randomUUID() };
let busy = false;

write.addEventListener("submit", async (event) => {
  event.preventDefault();
  const words = text.value.trim();
  if (!words || busy) return;
  busy = true;
  const mine = pending(words);
  text.value = "";
  trouble.hidden = true;
  try {
    await started;
    const said = await post(write.action, { id: ids.write, text: words, page });
    ids.write = crypto.randomUUID();
    mine.remove();
    showThread(said);
  } catch (error) {
    mine.remove();
    text.value ||= words;
    complain(error);
  }
  log.scrollTop = log.scrollHeight;
  busy = false;
  text.focus();
});

/** One's own words stand there at once. @param {string} words */
function pending(words) {
  const entry = document.createElement("li");
  entry.className = "mine pending";
  const who = document.createElement("p");
  who.className = "who";
  who.textContent = sending;
  const said = document.createElement("div");
  said.className = "said";
  said.dir = "auto";
  said.textContent = words;
  entry.append(who, said);
  at("entries").append(entry);
  log.scrollTop = log.scrollHeight;
  return entry;
}

reach.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (busy) return;
  busy = true;
  trouble.hidden = true;
  try {
    const field = /** @type {HTMLInputElement} */ (at("mail"));
    const said = await post(reach.action, { id: ids.reach, address: field.value });
    ids.reach = crypto.randomUUID();
    text.focus();
    showThread(said);
  } catch (error) {
    complain(error);
  }
  busy = false;
});

const byKeyboard = matchMedia("(pointer: fine)");
text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && byKeyboard.matches) {
    event.preventDefault();
    write.requestSubmit();
  }
});

// ── Begin ───────────────────────────────────────────────────────────────────────────────────────────────────────────
const close = () => tell({ goodword: "close" });
at("close").addEventListener("click", close);
document.addEventListener("keydown", (event) => event.key === "Escape" && close());

async function start() {
  if (around) {
    at("close").hidden = false;
    const hello = word("hello", 5000);
    tell({ goodword: "ready" });
    const said = await hello;
    page = said?.page ?? "";
    identified = Boolean(said?.identified);
  }
  await identify();
  await refresh();
  hasBegun = true;
  document.documentElement.classList.add("scripted");
}

const started = start();
