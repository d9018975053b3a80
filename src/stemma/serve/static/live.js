// What came while the page is open: said politely in one line with a link; the page itself stays as it is.

import { make, tell } from "./own.js";

export function start() {
  const place = document.getElementById("news");
  const head = document.querySelector(".story-head[data-story]");
  const listing = document.body.matches(".front, .list");
  if (!place || !(head || listing) || !("EventSource" in window)) return;
  const opened = new Set();
  const say = text => {
    place.replaceChildren(document.createTextNode(`${text} `), make("a", tell("Show"), { href: location.pathname + location.search }));
  };
  const source = new EventSource("/events");
  source.addEventListener("news", event => {
    let news;
    try { news = JSON.parse(event.data); } catch { return; }
    if (head && news.grown.includes(Number(head.dataset.story))) say(tell("This story has changed."));
    if (listing) {
      for (const item of news.opened) opened.add(item.story);
      if (opened.size) say(tell("{n} new", { n: opened.size }));
    }
  });
  addEventListener("pagehide", () => source.close());
}
