"use strict";
(() => {
  const at = (id) => document.getElementById(id);
  const items = [...document.querySelectorAll(".finding")];
  const marks = [...document.querySelectorAll(".post a[data-f]")];
  const level = at("level"), family = at("family");
  if (!level) return;
  let current = null;
  const live = () => items.filter((one) => !one.classList.contains("off"));
  const wanted = (one) => (!level.value || one.dataset.level === level.value) && (!family.value || one.dataset.family === family.value);

  function narrow() {
    for (const one of items) one.classList.toggle("off", !wanted(one));
    for (const one of marks) one.classList.toggle("faint", !one.dataset.f.split(" ").some((number) => !at(`f${number}`).classList.contains("off")));
    for (const one of document.querySelectorAll("section.report")) one.classList.toggle("off", Boolean(level.value || family.value) && !one.querySelector(".finding:not(.off)"));
    for (const one of document.querySelectorAll("[data-only]")) one.setAttribute("aria-pressed", String(one.dataset.only === family.value));
    at("count").textContent = `${live().length} / ${items.length} 处`;
    if (current && current.classList.contains("off")) select(null);
  }

  function select(item, focus) {
    for (const one of document.querySelectorAll(".current")) one.classList.remove("current");
    if (current) current.removeAttribute("aria-current");
    current = item;
    if (!item) return;
    item.classList.add("current");
    item.setAttribute("aria-current", "true");
    const number = item.id.slice(1);
    for (const one of marks) if (one.dataset.f.split(" ").includes(number)) one.classList.add("current");
    item.scrollIntoView({ block: "nearest" });
    const anchor = at(`m${number}`);
    if (anchor) anchor.scrollIntoView({ block: "center" });
    if (focus) item.focus({ preventScroll: true });
  }

  function step(direction) {
    const list = live();
    if (!list.length) return;
    const place = list.indexOf(current);
    select(list[place < 0 ? (direction > 0 ? 0 : list.length - 1) : (place + direction + list.length) % list.length], true);
  }

  level.addEventListener("change", narrow);
  family.addEventListener("change", narrow);
  at("next").addEventListener("click", () => step(1));
  at("before").addEventListener("click", () => step(-1));
  for (const one of document.querySelectorAll("[data-only]")) one.addEventListener("click", () => { family.value = family.value === one.dataset.only ? "" : one.dataset.only; narrow(); });
  for (const one of marks) one.addEventListener("click", (event) => {
    event.preventDefault();
    const number = one.dataset.f.split(" ").find((each) => !at(`f${each}`).classList.contains("off"));
    if (number) select(at(`f${number}`), true);
  });
  for (const one of items) one.addEventListener("click", () => select(one));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || /^(SELECT|INPUT|TEXTAREA)$/.test(event.target.tagName)) return;
    if (event.key === "j" || event.key === "J") step(1);
    else if (event.key === "k" || event.key === "K") step(-1);
    else if (event.key === "Escape") { level.value = family.value = ""; narrow(); select(null); }
    else return;
    event.preventDefault();
  });
  at("controls").hidden = false;
  document.documentElement.classList.add("live");
  narrow();
})();
