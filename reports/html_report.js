// Folds and filters the report. Without it the page has all the same: it only hides what is not asked for.
"use strict";
(() => {
  const folds = (root) => root.querySelectorAll("details");

  // A link to something that is folded opens it.
  const openTarget = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    const fold = target.matches("details") ? target : target.querySelector("details");
    for (let outer = fold || target; outer; outer = outer.parentElement)
      if (outer.matches("details")) outer.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", openTarget);
  openTarget();

  for (const tools of document.querySelectorAll(".tools")) {
    const section = tools.closest("section");
    tools.hidden = false;
    for (const button of tools.querySelectorAll("button[data-open]"))
      button.addEventListener("click", () => {
        for (const fold of folds(section)) fold.open = button.dataset.open === "true";
      });
  }

  const filter = document.getElementById("filter");
  if (!filter) return;
  const findings = [...document.querySelectorAll("#findings .finding")];
  const texts = new Map();
  const textOf = (finding) => {
    if (!texts.has(finding)) texts.set(finding, finding.textContent.toLowerCase());
    return texts.get(finding);
  };
  const apply = () => {
    const words = filter.elements.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const severities = new Set([...filter.querySelectorAll("input:checked")].map((box) => box.value));
    let shown = 0;
    for (const finding of findings) {
      finding.hidden =
        !severities.has(finding.dataset.severity) || !words.every((word) => textOf(finding).includes(word));
      shown += finding.hidden ? 0 : 1;
    }
    for (const group of document.querySelectorAll("#findings .group"))
      group.hidden = !group.querySelector(".finding:not([hidden])");
    filter.querySelector("output").textContent = `${shown} of ${findings.length} shown`;
  };
  let waiting;
  filter.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, findings.length > 500 ? 150 : 0);
  });
  filter.addEventListener("submit", (event) => event.preventDefault());
  filter.addEventListener("reset", () => setTimeout(apply));
})();
