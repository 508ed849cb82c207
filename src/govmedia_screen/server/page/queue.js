// The second page: what waits, one post with its findings, and the signature.
import { call, DECISIONS, make, say, tag, TIERS } from "/common.js";

const at = (id) => document.getElementById(id);
let current = null;

async function load() {
  try {
    const { waiting, tier } = await call("/v1/queue");
    at("rows").replaceChildren(...waiting.map((one) => make("tr", {},
      make("td", {}, String(one.number)), make("td", {}, make("button", { className: "text", onclick: () => show(one) }, one.post.title || one.post.body.slice(0, 20))),
      make("td", {}, one.author), make("td", {}, one.at.slice(0, 16).replace("T", " ")), make("td", {}, tag(one.report.decision, DECISIONS)), make("td", {}, TIERS[one.required]))));
    [...at("tier").options].forEach((option) => { option.disabled = Number(option.value) > tier; });
    if (!waiting.length) say("没有待审的稿件");
  } catch (error) { say(error.message.includes("Not Found") ? "这个服务没有开通送审队列（启动时加 --reviews 文件）" : error.message, true); }
}

function show(one) {
  current = one;
  at("one").hidden = false;
  at("heading").textContent = `${one.number} ${one.post.title || ""}`;
  at("text").textContent = one.post.body;
  at("tier").value = String(one.required);
  at("findings").replaceChildren(...one.report.findings.map((found, index) => make("li", { className: found.level },
    make("p", {}, tag(found.level), ` ${found.text}：${found.message}`), make("small", {}, `${found.rule} · 依据：${found.basis}`),
    make("div", {}, make("label", {}, make("input", { type: "checkbox", data: { finding: String(index) } }), " 误报")))));
  at("one").scrollIntoView({ block: "nearest" });
}

async function sign(action) {
  if (!current) return;
  if (!at("person").value.trim()) { say("请填写签发人", true); at("person").focus(); return; }
  const opinions = [...at("findings").querySelectorAll("[data-finding]")].map((box) => ({ finding: Number(box.dataset.finding), right: !box.checked }));
  try {
    const receipt = await call(`/v1/queue/${current.number}`, { action, person: at("person").value, tier: Number(at("tier").value), note: at("note").value, opinions });
    const enough = receipt.tier >= receipt.required;
    say(`${current.number} 号稿件${action === "return" ? "已退回" : enough ? "已审定" : `已签，还须${TIERS[receipt.required]}`}；回执 ${receipt.hash.slice(0, 16)}`);
    at("one").hidden = true;
    current = null;
    const said = at("message").textContent;
    await load();
    say(said);
  } catch (error) { say(error.message, true); }
}

at("again").addEventListener("click", load);
at("approve").addEventListener("click", () => sign("approve"));
at("return").addEventListener("click", () => sign("return"));
document.addEventListener("key", load);
load();
