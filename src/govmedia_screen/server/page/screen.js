// The first page: a post is screened as it is written; files dropped on it become a table.
import { call, DECISIONS, download, laterOnly, LEVELS, make, PARTS, say, tag, TIERS } from "/common.js";

const at = (id) => document.getElementById(id);
const [title, kind, body, backdrop] = ["title", "kind", "body", "backdrop"].map(at);
const state = { report: null, current: -1, asked: 0, files: [], sort: "name", down: false };

function post() {
  const given = { title: title.value, kind: kind.value, body: body.value };
  if (kind.value === "reply" && at("question").value) given.question = at("question").value;
  if (kind.value === "repost" && at("source").value) given.source = at("source").value;
  return given;
}

const query = () => (at("personal").checked ? "?personal=1" : "");

async function screen() {
  const number = ++state.asked;
  at("count").textContent = [...body.value].length;
  if (!body.value && !title.value) { state.report = null; show(); return; }
  try {
    const report = await call(`/v1/screen${query()}`, post());
    if (number !== state.asked) return; // something newer was typed meanwhile
    state.report = report;
    if (at("message").classList.contains("bad")) say("");
    show();
  } catch (error) { say(error.message, true); }
}

const soon = laterOnly(250, screen);

function wanted(finding) {
  const level = at("level").value, family = at("family").value;
  return (!level || finding.level === level) && (!family || finding.rule.split(".")[0] === family);
}

function shownFindings() { return state.report ? state.report.findings.map((one, index) => [one, index]).filter(([one]) => wanted(one)) : []; }

function show() {
  const report = state.report;
  at("decision").replaceChildren(report ? tag(report.decision, DECISIONS) : "还没有内容");
  at("tier").textContent = report ? `${TIERS[report.review_tier]}，${report.findings.length} 处发现` : "";
  families(report);
  const gaps = report ? report.incomplete.map((gap) => make("li", { className: "review" }, `未审完：${gap.reason}`)) : [];
  at("findings").replaceChildren(...gaps, ...shownFindings().map(([one, index]) => row(one, index)));
  at("fix-all").disabled = !report || !report.findings.some((one) => one.suggestion !== null);
  at("redacted").disabled = at("sheet").disabled = !report;
  paint();
}

function families(report) {
  const names = [...new Set((report ? report.findings : []).map((one) => one.rule.split(".")[0]))].sort();
  const chosen = at("family").value;
  at("family").replaceChildren(make("option", { value: "" }, "全部"), ...names.map((name) => make("option", { value: name }, name)));
  at("family").value = names.includes(chosen) ? chosen : "";
}

function row(one, index) {
  const buttons = one.suggestion === null ? null : make("button", { onclick: () => apply(index) }, one.suggestion ? `改为“${one.suggestion}”` : "删去");
  return make("li", { className: one.level, id: `f${index}` },
    make("p", {}, tag(one.level), " ", make("button", { className: "text", onclick: () => select(index) }, one.text || "（缺少内容）"), " ", make("small", {}, `${PARTS[one.part] || one.part} 第 ${one.line} 行`)),
    make("p", {}, one.message), make("p", {}, make("small", {}, `${one.rule} · 依据：${one.basis}${one.evidence.length ? ` · 线索：${one.evidence.join("；")}` : ""}`)), buttons);
}

function paint() {
  const text = body.value, pieces = [];
  let done = 0;
  const order = { block: 2, review: 1, note: 0 };
  const marks = shownFindings().filter(([one]) => one.part === "body" && one.utf16_end > one.utf16_start)
    .sort(([a], [b]) => a.utf16_start - b.utf16_start || order[b.level] - order[a.level]);
  for (const [one, index] of marks) {
    if (one.utf16_start < done) continue;
    pieces.push(text.slice(done, one.utf16_start), make("mark", { className: one.level + (index === state.current ? " current" : "") }, text.slice(one.utf16_start, one.utf16_end)));
    done = one.utf16_end;
  }
  backdrop.replaceChildren(...pieces, text.slice(done), "\n");
  backdrop.scrollTop = body.scrollTop;
}

function select(index) {
  const one = state.report && state.report.findings[index];
  if (!one) return;
  state.current = index;
  const field = one.part === "title" ? title : body;
  if (one.part === "title" || one.part === "body") {
    field.focus();
    field.setSelectionRange(one.utf16_start, one.utf16_end);
    if (field === body) body.scrollTop = Math.max(0, body.scrollHeight * (one.utf16_start / Math.max(1, body.value.length)) - body.clientHeight / 2);
  }
  paint();
  at("findings").querySelectorAll("li").forEach((item) => item.removeAttribute("aria-current"));
  const item = at(`f${index}`);
  if (item) { item.setAttribute("aria-current", "true"); item.scrollIntoView({ block: "nearest" }); }
}

function step(direction) {
  const list = shownFindings().map(([, index]) => index);
  if (!list.length) return;
  const place = list.indexOf(state.current);
  select(list[(place + direction + list.length) % list.length]);
}

function apply(index) {
  const one = state.report.findings[index];
  const field = one.part === "title" ? title : body;
  field.setRangeText(one.suggestion, one.utf16_start, one.utf16_end, "end");
  screen();
}

async function fixAll() {
  try {
    const report = await call("/v1/screen?fixed=1", post());
    title.value = report.fixed.title;
    body.value = report.fixed.body;
    await screen();
    say("有把握的建议已采用，其余请逐条看");
  } catch (error) { say(error.message, true); }
}

async function copyRedacted() {
  try {
    const parts = await call("/v1/redact", { post: post() });
    const text = [parts.title, parts.body].filter(Boolean).join("\n\n");
    await navigator.clipboard.writeText(text);
    say("去标识化文本已复制");
  } catch (error) { say(error.message, true); }
}

async function sheet() {
  try { await download(`/v1/review-sheet${query()}`, post(), "审核表.docx"); } catch (error) { say(error.message, true); }
}

async function copied(file, what) {
  const form = new FormData();
  form.append("file", file, file.name);
  try { await download(`/v1/copies/${what}${query()}`, form); say(""); } catch (error) { say(error.message, true); }
}

const COPIES = [["annotated", "批注", /\.(docx|xlsx)$/i], ["redacted", "去标识化", /\.(docx|xlsx|txt|md|html?)$/i], ["sheet", "审核表", /./]];

function takeaways(one) {
  if (!one.report || !one.file) return [];
  return COPIES.filter(([, , names]) => names.test(one.file.name)).map(([what, label]) => make("button", { onclick: () => copied(one.file, what), data: { copy: what } }, label));
}

async function submit() {
  const author = prompt("作者姓名");
  if (!author) return;
  try {
    const made = await call("/v1/submissions", { post: post(), author });
    say(`已送审，编号 ${made.number}，须${TIERS[made.required]}`);
  } catch (error) { say(error.message, true); }
}

async function open(files) {
  if (files.length === 1 && /\.(txt|md)$/i.test(files[0].name)) { body.value = await files[0].text(); screen(); return; }
  say(`正在审查 ${files.length} 个文件…`);
  for (let first = 0; first < files.length; first += 20) {
    const form = new FormData();
    for (const file of files.slice(first, first + 20)) form.append("file", file, file.webkitRelativePath || file.name);
    const sent = new Map(files.slice(first, first + 20).map((file) => [file.webkitRelativePath || file.name, file]));
    try { state.files.push(...(await call(`/v1/documents${query()}`, form)).documents.map((one) => ({ ...one, file: sent.get(one.name) }))); } catch (error) { say(error.message, true); return; }
    table();
  }
  say(`审查了 ${files.length} 个文件`);
}

const counted = (one) => (one.report ? one.report.findings.length : 0);
const ORDER = { name: (one) => one.name, decision: (one) => (one.report ? ["pass", "review", "block"].indexOf(one.report.decision) : 3), tier: (one) => (one.report ? one.report.review_tier : 9), count: counted };

function table() {
  const level = at("batch-level").value, by = ORDER[state.sort];
  const list = state.files.filter((one) => !level || (one.report && one.report.decision === level));
  list.sort((a, b) => (by(a) < by(b) ? -1 : by(a) > by(b) ? 1 : 0) * (state.down ? -1 : 1));
  at("rows").replaceChildren(...list.map((one) => make("tr", {},
    make("td", {}, one.report ? make("button", { className: "text", onclick: () => load(one) }, one.name) : one.name),
    make("td", {}, one.report ? tag(one.report.decision, DECISIONS) : make("span", { className: "tag block" }, "读不了")),
    make("td", {}, one.report ? TIERS[one.report.review_tier] : ""), make("td", {}, String(counted(one))),
    make("td", {}, one.report ? one.report.findings.slice(0, 3).map((found) => `${LEVELS[found.level]}“${found.text}”${found.message}`).join("；") : one.error),
    make("td", { className: "actions" }, ...takeaways(one)))));
  at("batch").hidden = !state.files.length;
}

function load(one) { title.value = one.title; body.value = one.body; screen(); body.focus(); scrollTo(0, 0); }

async function entries(items) {
  const found = [];
  const walk = async (entry) => {
    if (entry.isFile) found.push(await new Promise((done, fail) => entry.file(done, fail)));
    else {
      const reader = entry.createReader();
      for (;;) {
        const some = await new Promise((done, fail) => reader.readEntries(done, fail));
        if (!some.length) break;
        for (const inner of some) await walk(inner);
      }
    }
  };
  for (const entry of [...items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean)) await walk(entry);
  return found;
}

async function exported() {
  try {
    const rows = state.files.map((one) => [one.name, one.report ? DECISIONS[one.report.decision] : "读不了", one.report ? TIERS[one.report.review_tier] : "", counted(one),
      one.report ? one.report.findings.map((found) => `${LEVELS[found.level]} ${found.rule} “${found.text}” ${found.message}`).join("\n") : one.error]);
    await download("/v1/table", { header: ["文件", "结论", "须谁签", "发现", "问题"], rows }, "审查结果.xlsx");
  } catch (error) { say(error.message, true); }
}

for (const field of [title, body, at("question"), at("source")]) field.addEventListener("input", () => { paint(); soon(); });
body.addEventListener("scroll", () => { backdrop.scrollTop = body.scrollTop; });
body.addEventListener("click", () => {
  const place = body.selectionStart;
  const found = shownFindings().find(([one]) => one.part === "body" && one.utf16_start <= place && place < one.utf16_end);
  if (found && body.selectionEnd === place) { state.current = found[1]; paint(); const item = at(`f${found[1]}`); if (item) item.scrollIntoView({ block: "nearest" }); }
});
kind.addEventListener("change", () => { at("question-row").hidden = kind.value !== "reply"; at("source-row").hidden = kind.value !== "repost"; screen(); });
at("level").addEventListener("change", show);
at("family").addEventListener("change", show);
at("personal").addEventListener("change", screen);
at("fix-all").addEventListener("click", fixAll);
at("redacted").addEventListener("click", copyRedacted);
at("sheet").addEventListener("click", sheet);
at("submit").addEventListener("click", submit);
at("files").addEventListener("change", () => open([...at("files").files]));
at("export").addEventListener("click", exported);
at("clear").addEventListener("click", () => { state.files = []; table(); say(""); });
at("batch-level").addEventListener("change", table);
document.querySelectorAll("[data-sort]").forEach((button) => button.addEventListener("click", () => {
  state.down = state.sort === button.dataset.sort && !state.down;
  state.sort = button.dataset.sort;
  document.querySelectorAll("th[aria-sort]").forEach((head) => head.setAttribute("aria-sort", "none"));
  button.parentElement.setAttribute("aria-sort", state.down ? "descending" : "ascending");
  table();
}));
for (const name of ["dragover", "dragleave", "drop"]) document.addEventListener(name, async (event) => {
  event.preventDefault();
  at("drop").classList.toggle("over", name === "dragover");
  if (name === "drop") open(await entries(event.dataTransfer.items));
});
document.addEventListener("keydown", (event) => {
  if (!event.altKey) return;
  if (event.key === "ArrowDown") step(1);
  else if (event.key === "ArrowUp") step(-1);
  else if (event.key === "Enter" && state.report && state.report.findings[state.current] && state.report.findings[state.current].suggestion !== null) apply(state.current);
  else return;
  event.preventDefault();
});
document.addEventListener("key", screen);
call("/openapi.json").then((told) => { at("submit").hidden = !("/v1/submissions" in told.paths); });
