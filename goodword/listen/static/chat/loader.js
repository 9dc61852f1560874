// The chat's button on the brand's page. The chat itself is a frame of our origin, made when it is first opened.
//
// Who is signed in at the brand can be known here too: before this script, the page sets
//   window.goodwordChat = { identity: async () => "a token of the brand's server" };
// The function is asked again whenever a token has run out.
(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const home = new URL("./", script.src);
  const words = { open: script.dataset.open || "Chat with us", close: script.dataset.close || "Close the chat" };
  const settings = /** @type {any} */ (window).goodwordChat || {};

  const host = document.createElement("div");
  const shadow = host.attachShadow({ mode: "closed" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; position: fixed; inset-block-end: 16px; inset-inline-end: 16px; z-index: 2147483000;
      font: 500 16px/1.2 system-ui, sans-serif; color-scheme: light dark; }
    button { min-block-size: 48px; padding: 0 20px; border: 0; border-radius: 24px; font: inherit; cursor: pointer;
      color: light-dark(#fff, #05201f); background: light-dark(#0e6b6b, #4dbbb3); box-shadow: 0 4px 16px #0004; }
    button:focus-visible { outline: 3px solid light-dark(#0e6b6b, #74d3cb); outline-offset: 3px; }
    button.news::after { content: ""; position: absolute; inset: -3px -3px auto auto; inline-size: 14px;
      block-size: 14px; border: 2px solid #fff; border-radius: 50%; background: #b42318; }
    iframe { position: absolute; inset-block-end: 60px; inset-inline-end: 0; inline-size: 380px;
      block-size: min(620px, calc(100dvh - 100px)); border: 1px solid light-dark(#e1ded6, #30373d);
      border-radius: 16px; background: Canvas; box-shadow: 0 8px 28px #0004; }
    @media (max-width: 480px) { iframe { position: fixed; inset: 0; inline-size: 100%; block-size: 100%;
      border: 0; border-radius: 0; } }
    [hidden] { display: none; }`);
  shadow.adoptedStyleSheets = [sheet];

  const button = document.createElement("button");
  button.type = "button";
  shadow.append(button);
  /** @type {HTMLIFrameElement | undefined} */
  let frame;
  let listens = false;

  /** @param {boolean} open */
  const show = (open) => {
    if (open && !frame) {
      frame = document.createElement("iframe");
      frame.title = words.open;
      frame.src = `${home.href}#${encodeURIComponent(location.origin)}`;
      shadow.append(frame);
    }
    if (frame) frame.hidden = !open;
    button.textContent = open ? words.close : words.open;
    button.setAttribute("aria-expanded", String(open));
    button.classList.remove("news");
    tell({ goodword: "shown", open });
    if (open) frame?.focus();
    else button.focus();
  };

  /** @param {object} what */
  const tell = (what) => listens && frame?.contentWindow?.postMessage(what, home.origin);

  const identify = async () => {
    let token = "";
    try {
      token = String(await settings.identity());
    } finally {
      tell({ goodword: "identity", token });
    }
  };

  window.addEventListener("message", ({ origin, source, data }) => {
    if (origin !== home.origin || !frame || source !== frame.contentWindow) return;
    if (data?.goodword === "ready") {
      listens = true;
      tell({ goodword: "hello", identified: Boolean(settings.identity), page: location.origin + location.pathname });
      tell({ goodword: "shown", open: !frame.hidden });
    }
    if (data?.goodword === "identity" && settings.identity) identify();
    if (data?.goodword === "close") show(false);
    if (data?.goodword === "news" && frame.hidden) {
      button.classList.add("news");
      button.textContent = `${words.open} (${Number(data.count)})`;
    }
  });

  button.textContent = words.open;
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => show(!frame || frame.hidden));
  const place = () => document.body.append(host);
  if (document.body) place();
  else document.addEventListener("DOMContentLoaded", place);
})();
