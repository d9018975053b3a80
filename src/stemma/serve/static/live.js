// What came while the page is open: said politely in one line with a link; the page itself stays as it is. For a reader who
// follows stories also what came since the last page was open; which stories these are is known in this browser alone.

import { keep, make, own, tell } from "./own.js";

export function start() {
  const place = document.getElementById("news");
  const head = document.querySelector(".story-head[data-story]");
  const listing = document.body.matches(".front, .list");
  const here = head ? head.dataset.story : "";
  if (head && own().followed.some(s => s.story === here && s.changed)) {
    keep({ followed: own().followed.map(s => s.story === here ? { ...s, changed: false } : s) });
  }
  const following = own().followed.length > 0;
  if (!place || !(head || listing || following) || !("EventSource" in window)) return;
  const opened = new Set();
  const lines = new Map();
  const say = (about, text, words, address) => {
    lines.set(about, [document.createTextNode(`${text} `), make("a", words, { href: address, dir: "auto" }), document.createTextNode(" ")]);
    place.replaceChildren(...[...lines.values()].flat());
  };
  const again = location.pathname + location.search;
  const { since } = own();
  const source = new EventSource(following && since ? `/events?since=${since}` : "/events");
  source.addEventListener("news", event => {
    let news;
    try { news = JSON.parse(event.data); } catch { return; }
    const grown = new Set(news.grown.map(String));
    const last = Number(event.lastEventId);
    if (head && grown.has(here) && last > Number(head.dataset.newest)) say("here", tell("This story has changed."), tell("Show"), again);
    const kept = own();
    const changed = kept.followed.filter(s => s.story !== here && grown.has(s.story));
    for (const s of changed) say(s.story, tell("A story that you follow has changed:"), String(s.title || s.story), `/story/${Number(s.story)}`);
    if (kept.followed.length) {
      keep({ since: Math.max(kept.since, last), followed: kept.followed.map(s => changed.some(c => c.story === s.story) ? { ...s, changed: true } : s) });
      document.dispatchEvent(new CustomEvent("stemma:own"));
    }
    if (listing) {
      for (const item of news.opened) opened.add(item.story);
      const known = [...document.querySelectorAll("article.card")].map(card => Number(card.dataset.story));
      const fresh = [...opened].filter(story => !known.includes(story)).length;
      if (fresh) say("opened", tell("{n} new", { n: fresh }), tell("Show"), again);
    }
  });
  addEventListener("pagehide", () => source.close());
}
