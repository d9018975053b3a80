// The portal with scripts: each part is an addition, and no page needs any of them.

import { own, keep, show, tell } from "./own.js";
import * as keys from "./keys.js";
import * as live from "./live.js";
import * as mine from "./mine.js";
import * as tree from "./tree.js";
import * as visits from "./visits.js";

// The interface language that was chosen goes along with links, since there is no cookie to carry it.
function carryLanguage() {
  const chosen = new URLSearchParams(location.search).get("lang");
  if (chosen && /^[a-z]{2}$/.test(chosen)) keep({ lang: chosen });
  const { lang } = own();
  if (!lang) return;
  for (const link of document.querySelectorAll('a[href^="/"]')) {
    // By attribute: links in a drawing have no string for an address.
    const url = new URL(link.getAttribute("href"), location.href);
    if (url.origin !== location.origin || url.searchParams.has("lang")) continue;
    url.searchParams.set("lang", lang);
    link.setAttribute("href", url.pathname + url.search + url.hash);
  }
  for (const form of document.querySelectorAll("form.search")) {
    const field = document.createElement("input");
    field.type = "hidden"; field.name = "lang"; field.value = lang;
    form.append(field);
  }
}

function markRead() {
  const head = document.querySelector(".story-head[data-story]");
  if (!head) return;
  const { read } = own();
  if (!read.includes(head.dataset.story)) keep({ read: [...read, head.dataset.story] });
}

async function workOffline() {
  if (!("serviceWorker" in navigator) || !isSecureContext) return;
  const address = window.trustedTypes
    ? trustedTypes.createPolicy("stemma", { createScriptURL: () => "/sw.js" }).createScriptURL("")
    : "/sw.js";
  try { await navigator.serviceWorker.register(address, { scope: "/" }); } catch { /* private windows have none */ }
}

function sayOffline() {
  const place = document.getElementById("news");
  if (place && !navigator.onLine) place.textContent = tell("You are offline: this is the last edition that was kept.");
}

carryLanguage();
markRead();
show();
keys.start();
tree.start();
visits.start();
live.start();
if (document.body.matches(".mine")) mine.start();
sayOffline();
addEventListener("offline", sayOffline);
addEventListener("pageshow", event => { if (event.persisted) show(); });
workOffline();
