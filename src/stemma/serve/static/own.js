// What is the reader's own: read, starred, muted, look. Kept in this browser alone, in one entry of localStorage.
// Text from pages is only ever set as text.

const NAME = "stemma";
const MOST = 2000;

function load() {
  try {
    const kept = JSON.parse(localStorage.getItem(NAME) || "{}");
    return kept && typeof kept === "object" && !Array.isArray(kept) ? kept : {};
  } catch { return {}; }
}

const clean = list => Array.isArray(list) ? list.filter(item => typeof item === "string").slice(-MOST) : [];

export function own() {
  const kept = load();
  return {
    theme: kept.theme || "", size: kept.size || "", keys: kept.keys !== false, lang: kept.lang || "",
    read: clean(kept.read), outlets: clean(kept.outlets), words: clean(kept.words),
    seen: kept.seen && typeof kept.seen === "object"
      ? Object.fromEntries(Object.entries(kept.seen).filter(([story, article]) => /^\d+$/.test(story) && Number.isSafeInteger(article)))
      : {},
    languages: clean(kept.languages),
    keymap: kept.keymap && typeof kept.keymap === "object"
      ? Object.fromEntries(Object.entries(kept.keymap).filter(([key, to]) => key.length === 1 && typeof to === "string" && [...to].length === 1))
      : {},
    since: Number.isSafeInteger(kept.since) ? kept.since : 0,
    followed: Array.isArray(kept.followed) ? kept.followed.filter(s => s && /^\d+$/.test(s.story)).slice(-MOST) : [],
    starred: Array.isArray(kept.starred) ? kept.starred.filter(s => s && /^\d+$/.test(s.story)).slice(-MOST) : [],
  };
}

export function keep(change) {
  const kept = { ...own(), ...change };
  try { localStorage.setItem(NAME, JSON.stringify(kept)); } catch { /* full or shut: nothing is kept */ }
  return kept;
}

export function forget() { try { localStorage.removeItem(NAME); } catch { /* shut */ } }

export function tell(key, values = {}) {
  const found = [...document.querySelectorAll("#told [data-key]")].find(e => e.dataset.key === key);
  return Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), (found || { textContent: key }).textContent);
}

export function make(tag, text = "", attributes = {}) {
  const element = document.createElement(tag);
  element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

const fold = text => text.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "").trim();

export function toggleRead(story) {
  const { read } = own();
  keep({ read: read.includes(story) ? read.filter(s => s !== story) : [...read, story] });
  show();
}

export function toggleStar(story, title) {
  const { starred } = own();
  const without = starred.filter(s => s.story !== story);
  keep({ starred: without.length < starred.length ? without : [...starred, { story, title: title.slice(0, 300) }] });
  show();
}

export function toggleFollow(story, title, newest) {
  const { followed, since } = own();
  const without = followed.filter(s => s.story !== story);
  const on = without.length === followed.length;
  keep({ followed: on ? [...followed, { story, title: title.slice(0, 300), changed: false }] : without, since: since || newest });
  show();
}

// A story whose outlets are all muted, or whose headline holds a muted word, is folded to its headline and says why.
export function show() {
  const kept = own();
  const outlets = new Set(kept.outlets.map(fold));
  const words = kept.words.map(fold).filter(Boolean);
  for (const card of document.querySelectorAll("article.card[data-story]")) {
    const story = card.dataset.story;
    card.classList.toggle("is-read", kept.read.includes(story));
    star(card, story, card.querySelector(".headline"), kept);
    const names = [...card.querySelectorAll(".outlets bdi")];
    for (const name of names) name.classList.toggle("muted", outlets.has(fold(name.textContent)));
    const quiet = names.length > 0 && names.every(name => name.classList.contains("muted"));
    const title = fold(card.querySelector(".headline").textContent);
    const worded = words.some(word => title.includes(word));
    const tongues = (card.dataset.languages || "").split(" ").filter(Boolean).map(tag => tag.split("-")[0]);
    const foreign = kept.languages.length > 0 && tongues.length > 0 && !tongues.some(tag => kept.languages.includes(tag));
    folded(card, foreign ? tell("Folded: in a language that you do not read") : quiet ? tell("Folded: an outlet of yours that is muted") : worded ? tell("Folded: a word of yours") : "");
  }
  for (const row of document.querySelectorAll("table.coverage tbody tr")) {
    const name = row.querySelector("th bdi");
    const muted = Boolean(name) && outlets.has(fold(name.textContent));
    row.classList.toggle("muted-row", muted);
    if (name && row.querySelector("th .outlet-name")) mute(row.querySelector("th"), name.textContent, muted);
  }
  const head = document.querySelector(".story-head[data-story]");
  if (head) {
    if (!head.querySelector(".story-actions")) head.append(make("div", "", { class: "story-actions" }));
    star(head, head.dataset.story, head.querySelector("h1"), kept);
    follow(head, kept);
  }
}

function folded(card, why) {
  card.classList.toggle("folded", Boolean(why));
  let note = card.querySelector(".folded-note");
  if (why && !note) {
    note = card.appendChild(make("button", "", { type: "button", class: "folded-note" }));
    note.addEventListener("click", () => { card.classList.toggle("folded"); });
  }
  if (note) { note.hidden = !why; note.textContent = why; }
}

function star(place, story, heading, kept) {
  const row = place.querySelector(".story-actions") || place;
  let button = row.querySelector(":scope > .star:not(.follow)");
  if (!button) {
    button = row.appendChild(make("button", "", { type: "button", class: "star" }));
    button.addEventListener("click", () => toggleStar(story, heading.textContent.trim()));
  }
  const on = kept.starred.some(s => s.story === story);
  button.setAttribute("aria-pressed", String(on));
  const words = on ? tell("Starred") : tell("Star this story");
  const short = place.matches(".card");
  button.textContent = `${on ? "★" : "☆"}${short ? "" : ` ${words}`}`;
  if (short) { button.setAttribute("aria-label", `${words}: ${heading.textContent.trim()}`); button.title = words; }
}

function follow(head, kept) {
  const { story, newest } = head.dataset;
  const row = head.querySelector(".story-actions");
  let button = row.querySelector(".follow");
  if (!button) {
    button = row.appendChild(make("button", "", { type: "button", class: "star follow" }));
    button.addEventListener("click", () => toggleFollow(story, head.querySelector("h1").textContent.trim(), Number(newest)));
  }
  const on = kept.followed.some(s => s.story === story);
  button.setAttribute("aria-pressed", String(on));
  button.textContent = `${on ? "●" : "○"} ${on ? tell("Followed") : tell("Follow this story")}`;
}

function mute(place, name, muted) {
  let button = place.querySelector(".mute");
  if (!button) {
    button = place.appendChild(make("button", "", { type: "button", class: "mute" }));
    button.addEventListener("click", () => {
      const { outlets } = own();
      const without = outlets.filter(o => fold(o) !== fold(name));
      keep({ outlets: without.length < outlets.length ? without : [...outlets, name] });
      show();
    });
  }
  button.setAttribute("aria-pressed", String(muted));
  button.textContent = tell("Mute this outlet");
}
