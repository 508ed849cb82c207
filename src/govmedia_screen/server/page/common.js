// What the three pages share: calling the service, and telling what went wrong.
export const LEVELS = { note: "提示", review: "送审", block: "拦截" };
export const DECISIONS = { pass: "通过", review: "送审", block: "拦截" };
export const TIERS = ["免签", "编辑自查", "部门复审", "领导终审"];
export const PARTS = { title: "标题", body: "正文", source: "来源", original_title: "原标题", original_body: "原文", question: "来信" };

export function key() { return sessionStorage.getItem("key") || ""; }

async function ask(path, body, method) {
  const headers = key() ? { Authorization: `Bearer ${key()}` } : {};
  const form = body instanceof FormData;
  if (body !== undefined && !form) headers["Content-Type"] = "application/json";
  const answer = await fetch(path, { method: method || (body === undefined ? "GET" : "POST"), headers, body: body === undefined || form ? body : JSON.stringify(body) });
  if (answer.status === 401) { askForKey(); throw new Error("请在上方填写密钥"); }
  if (!answer.ok) throw new Error(REASONS[answer.status] || (await answer.json()).error);
  return answer;
}

export async function call(path, body, method) { return (await ask(path, body, method)).json(); }

// Save what the service answers as a file, under its own name or the given one.
export async function download(path, body, name) {
  const answer = await ask(path, body);
  const told = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("Content-Disposition") || "");
  const link = make("a", { href: URL.createObjectURL(await answer.blob()), download: told ? decodeURIComponent(told[1]) : name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

const REASONS = { 403: "这个密钥没有这项权限", 413: "内容太大，请分几次提交", 429: "请求过于频繁，请稍候再试", 503: "服务正忙，请稍候再试" };

export function askForKey() { document.getElementById("key-row").hidden = false; document.getElementById("key").focus(); }

export function say(text, bad = false) {
  const place = document.getElementById("message");
  place.textContent = text;
  place.classList.toggle("bad", bad);
}

export function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [property, value] of Object.entries(properties)) {
    if (property.startsWith("on")) element.addEventListener(property.slice(2), value);
    else if (property === "data") Object.assign(element.dataset, value);
    else if (property in element) element[property] = value;
    else element.setAttribute(property, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export function tag(level, words = LEVELS) { return make("span", { className: `tag ${level}` }, words[level]); }

export function laterOnly(wait, act) {
  let timer = 0;
  return (...given) => { clearTimeout(timer); timer = setTimeout(() => act(...given), wait); };
}

const field = document.getElementById("key");
if (field) field.addEventListener("change", () => { sessionStorage.setItem("key", field.value.trim()); document.dispatchEvent(new Event("key")); });
