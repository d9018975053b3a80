// The page of what is the reader's own: lists to look through and take from, and how the portal looks.

import { own, keep, forget, make, tell } from "./own.js";

function list(id, items, row) {
  const place = document.getElementById(id);
  place.replaceChildren(...(items.length ? items.map(row) : [make("li", tell("Nothing yet."), { class: "unknown" })]));
}

function removal(item, name, what) {
  const button = make("button", tell("Remove"), { type: "button" });
  button.setAttribute("aria-label", `${tell("Remove")}: ${name}`);
  button.addEventListener("click", () => { what(); draw(); });
  item.append(" ", button);
  return item;
}

function draw() {
  const kept = own();
  list("starred", [...kept.starred].reverse(), entry => {
    const item = make("li");
    item.append(make("a", String(entry.title || entry.story), { href: `/story/${Number(entry.story)}`, dir: "auto" }));
    return removal(item, String(entry.title), () => keep({ starred: own().starred.filter(s => s.story !== entry.story) }));
  });
  list("followed", [...kept.followed].reverse(), entry => {
    const item = make("li");
    item.append(make("a", String(entry.title || entry.story), { href: `/story/${Number(entry.story)}`, dir: "auto" }));
    if (entry.changed) item.append(" ", make("b", tell("changed since you read it"), { class: "new-here" }));
    return removal(item, String(entry.title), () => keep({ followed: own().followed.filter(s => s.story !== entry.story) }));
  });
  const names = new Map([...document.querySelectorAll("#add-language option")].map(o => [o.value, o.textContent]));
  list("read-languages", kept.languages, tag => {
    const item = make("li");
    item.append(make("bdi", names.get(tag) || tag));
    return removal(item, names.get(tag) || tag, () => keep({ languages: own().languages.filter(t => t !== tag) }));
  });
  for (const field of document.querySelectorAll(".keymap input")) field.value = kept.keymap[field.dataset.key] || field.dataset.key;
  for (const [id, name] of [["muted-outlets", "outlets"], ["muted-words", "words"]]) {
    list(id, kept[name], word => {
      const item = make("li");
      item.append(make("bdi", word));
      return removal(item, word, () => keep({ [name]: own()[name].filter(w => w !== word) }));
    });
  }
  document.getElementById("set-theme").value = kept.theme;
  document.getElementById("set-size").value = kept.size;
  document.getElementById("set-keys").checked = kept.keys;
}

function look() {
  const kept = own(), root = document.documentElement;
  for (const name of ["theme", "size"]) {
    if (kept[name]) root.dataset[name] = kept[name]; else delete root.dataset[name];
  }
}

export function start() {
  document.getElementById("mine").hidden = false;
  for (const form of document.querySelectorAll("form.adding")) {
    form.addEventListener("submit", event => {
      event.preventDefault();
      const field = form.querySelector("input, select"), word = field.value.trim(), name = form.dataset.list;
      if (word && !own()[name].includes(word)) keep({ [name]: [...own()[name], word] });
      if (field.matches("input")) field.value = "";
      draw();
    });
  }
  for (const [id, name] of [["set-theme", "theme"], ["set-size", "size"]]) {
    document.getElementById(id).addEventListener("change", event => { keep({ [name]: event.target.value }); look(); });
  }
  for (const field of document.querySelectorAll(".keymap input")) {
    field.addEventListener("change", () => {
      const { keymap } = own(), { key } = field.dataset, to = field.value.trim();
      delete keymap[key];
      const taken = [...document.querySelectorAll(".keymap input")].some(other => other !== field && other.value === to);
      keep({ keymap: to && to !== key && !taken ? { ...keymap, [key]: to } : keymap });
      draw();
    });
  }
  document.addEventListener("stemma:own", draw);
  document.getElementById("set-keys").addEventListener("change", event => keep({ keys: event.target.checked }));
  document.getElementById("forget").addEventListener("click", () => { forget(); look(); draw(); });
  document.getElementById("export").addEventListener("click", () => {
    const link = make("a", "", { download: "stemma-mine.json" });
    link.href = URL.createObjectURL(new Blob([JSON.stringify(own(), null, 1)], { type: "application/json" }));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });
  draw();
}
