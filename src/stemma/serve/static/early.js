// Before the first line is drawn: the reader's own colours and text size. Everything else waits (portal.js).
(() => {
  "use strict";
  try {
    const own = JSON.parse(localStorage.getItem("stemma") || "{}");
    const root = document.documentElement;
    if (own.theme === "light" || own.theme === "dark") root.dataset.theme = own.theme;
    if (["s", "l", "xl"].includes(own.size)) root.dataset.size = own.size;
  } catch { /* a store that is shut or broken: the page is as the system has it */ }
})();
