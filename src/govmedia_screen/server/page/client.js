// A small client for content systems: import { Client } from "http://…/client.js".
export class Client {
  constructor(address, key = "") { this.address = address.replace(/\/$/, ""); this.key = key; }

  // One post → its report; a refusal or an unreachable service throws: nothing unread passes.
  async screen(post, options = {}) {
    const asked = new URLSearchParams(Object.entries(options).filter(([, value]) => value).map(([name]) => [name, "1"]));
    const headers = { "Content-Type": "application/json", ...(this.key && { Authorization: `Bearer ${this.key}` }) };
    const answer = await fetch(`${this.address}/v1/screen?${asked}`, { method: "POST", headers, body: JSON.stringify(post) });
    const value = await answer.json();
    if (!answer.ok) throw new Error(value.error);
    return value;
  }
}
