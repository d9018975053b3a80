// What is new since the last visit: of each story that was opened, the highest article number that was there, in this
// browser alone. Numbers grow with time, so that a higher one came later.

import { make, own, keep, tell } from "./own.js";

const MOST = 500;

function mark(head, last) {
  const rows = [...document.querySelectorAll("tr[data-article]")].filter(row => Number(row.dataset.article) > last);
  for (const row of rows) row.classList.add("is-new");
  if (!rows.length) return;
  const line = head.appendChild(make("p", `${tell("New since your last visit")}: `, { class: "note new-since" }));
  for (const row of rows.slice(0, 5)) {
    const link = row.querySelector("a.article-title");
    if (!link) continue;
    const name = row.querySelector("th bdi");
    line.append(make("a", name ? name.textContent : link.textContent.trim(), { href: link.getAttribute("href") }), " ");
  }
  if (rows.length > 5) line.append(`+${rows.length - 5}`);
}

export function start() {
  const { seen } = own();
  for (const card of document.querySelectorAll("article.card[data-newest]")) {
    const last = seen[card.dataset.story];
    if (last && Number(card.dataset.newest) > last) {
      card.querySelector(".evidence").prepend(make("p", tell("New since your last visit"), { class: "new-here" }));
    }
  }
  const head = document.querySelector(".story-head[data-newest]");
  if (!head) return;
  const { story, newest } = head.dataset;
  if (seen[story]) mark(head, seen[story]);
  const kept = Object.entries(seen).filter(([number]) => number !== story).slice(1 - MOST);
  keep({ seen: Object.fromEntries([...kept, [story, Number(newest)]]) });
}
