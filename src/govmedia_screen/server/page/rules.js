// The third page: every rule, and a box to try a sentence.
import { call, laterOnly, make, say, tag } from "/common.js";

const at = (id) => document.getElementById(id);
let rules = [];

function show() {
  const words = at("search").value.trim().toLowerCase(), level = at("level").value;
  const list = rules.filter((rule) => (!level || rule.level === level) && (!words || JSON.stringify(rule).toLowerCase().includes(words)));
  say(`${list.length} 条规则`);
  at("rows").replaceChildren(...list.map((rule) => make("tr", {},
    make("td", {}, rule.id), make("td", {}, tag(rule.level)), make("td", {}, rule.message), make("td", {}, rule.basis),
    make("td", {}, make("details", {}, make("summary", {}, "例句"), ...rule.hit.map((text) => make("p", {}, `报：${text}`)), ...rule.miss.map((text) => make("p", { className: "dim" }, `不报：${text}`)))))));
}

async function attempt() {
  const text = at("try").value;
  if (!text) { at("tried").replaceChildren(); return; }
  try {
    const report = await call("/v1/screen", { body: text });
    at("tried").replaceChildren(...(report.findings.length ? report.findings.map((one) => make("li", { className: one.level }, tag(one.level), ` ${one.text} `, make("small", {}, `${one.rule}：${one.message}`)))
      : [make("li", {}, "没有发现")]));
  } catch (error) { say(error.message, true); }
}

async function load() {
  try { rules = (await call("/v1/rules")).rules; show(); } catch (error) { say(error.message, true); }
}

at("try").addEventListener("input", laterOnly(200, attempt));
at("search").addEventListener("input", laterOnly(100, show));
at("level").addEventListener("change", show);
document.addEventListener("key", load);
load();
