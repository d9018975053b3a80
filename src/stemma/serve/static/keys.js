// Keys: j and k go over stories and articles, o opens, v opens the original, m marks read, s stars, / searches, ? helps.
// Silent while something is typed, with a modifier, and where the reader has turned them off.

import { own, make, tell, toggleRead, toggleStar } from "./own.js";

const ITEMS = "article.card, .hit, .saying, table.coverage tbody tr, .names li, .newest li, .line";

function items() { return [...document.querySelectorAll(ITEMS)].filter(e => e.offsetParent !== null); }

function here() { const at = document.activeElement; return at ? at.closest(ITEMS) : null; }

function step(by) {
  const all = items();
  if (!all.length) return;
  const at = all.indexOf(here());
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)];
  const link = next.querySelector("h1 a, h2 a, h3 a, a.article-title, a");
  if (link) { link.focus(); next.scrollIntoView({ block: "nearest" }); }
}

function help() {
  let box = document.querySelector("dialog.help");
  if (!box) {
    box = document.body.appendChild(make("dialog", "", { class: "help" }));
    const list = box.appendChild(make("ul", "", { class: "keymap" }));
    for (const [key, [what]] of Object.entries(DO)) {
      const item = list.appendChild(make("li"));
      item.append(make("kbd", own().keymap[key] || key), ` ${tell(what)}`);
    }
    const close = make("button", tell("Close"), { type: "button" });
    close.addEventListener("click", () => box.close());
    box.append(close);
  }
  if (box.open) box.close(); else box.showModal();
}

function story() {
  const item = here(), place = (item && item.closest("[data-story]")) || document.querySelector(".story-head[data-story]");
  return place ? { number: place.dataset.story, title: place.querySelector("h1, h2, h3").textContent.trim() } : null;
}

// By the key that each has where the reader has given it no other: its name, and what it does.
const DO = {
  j: ["next", () => step(1)],
  k: ["previous", () => step(-1)],
  o: ["open", () => { const link = here() && here().querySelector("h1 a, h2 a, h3 a, a.article-title, a"); if (link) link.click(); }],
  v: ["original", () => { const link = (here() || document).querySelector('a[rel~="noopener"]'); if (link) link.click(); }],
  m: ["read or unread", () => { const at = story(); if (at) toggleRead(at.number); }],
  s: ["star", () => { const at = story(); if (at) toggleStar(at.number, at.title); }],
  "/": ["search", () => document.getElementById("q").focus()],
  "?": ["help", help],
};

// What a key does: the reader's own letters first; a letter that was given away does nothing.
function find(pressed) {
  const { keymap } = own();
  const key = Object.keys(DO).find(name => (keymap[name] || name) === pressed);
  return key && DO[key][1];
}

export function start() {
  document.addEventListener("keydown", event => {
    const at = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !own().keys) return;
    if (at instanceof HTMLElement && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName))) return;
    const act = find(event.key);
    if (!act) return;
    event.preventDefault();
    act();
  });
}
