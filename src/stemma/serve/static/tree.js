// The lineage drawing by arrow keys: up and down go over its rows, left to what a text was made from, right to what was
// made of it. Tab goes over the rows as well, without this.

export function start() {
  const drawing = document.querySelector("svg.tree");
  if (!drawing) return;
  const nodes = [...drawing.querySelectorAll("a[data-node]")];
  drawing.addEventListener("keydown", event => {
    const here = nodes.indexOf(document.activeElement.closest("a[data-node]"));
    if (here < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const { node, parent } = nodes[here].dataset;
    const next = {
      ArrowDown: () => nodes[here + 1],
      ArrowUp: () => nodes[here - 1],
      ArrowLeft: () => nodes.find(other => other.dataset.node === parent),
      ArrowRight: () => nodes.find(other => other.dataset.parent === node),
    }[event.key];
    if (!next) return;
    event.preventDefault();
    const found = next();
    if (found) { found.focus(); found.scrollIntoView({ block: "nearest", inline: "nearest" }); }
  });
}
