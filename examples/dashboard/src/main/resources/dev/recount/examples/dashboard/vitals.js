// How the page is doing: connection, lag, events per minute.

import { byId, svg } from "./dom.js";
import * as times from "./times.js";

const NAMES = {
  connecting: "connecting", live: "live", reconnecting: "reconnecting", unreachable: "no connection", "signed-out": "signed out",
};

export class Vitals {
  constructor() {
    this.name = "connecting";
    this.at = null;
    this.offset = 0; // of the server's clock before this one
    this.counts = [];
    this.lastArrival = null;
    setInterval(() => this.showLag(), 1_000);
  }

  state(name, detail) {
    const before = this.name;
    this.name = name;
    byId("pill").title = detail ?? "";
    this.showPill();
    if (before !== name && before !== "connecting") this.say(NAMES[name]);
  }

  travels(at) {
    this.at = at;
    this.showPill();
  }

  showPill() {
    const isPast = this.name === "live" && this.at !== null;
    byId("pill").dataset.state = isPast ? "past" : this.name;
    byId("pill-text").textContent = isPast ? "as of " + times.date(this.at) + " " + times.minute(this.at) : NAMES[this.name];
    byId("live").setAttribute("aria-pressed", String(this.at === null && this.name === "live"));
  }

  clock(serverNow) {
    this.offset = serverNow - Date.now();
  }

  serverNow() {
    return Date.now() + this.offset;
  }

  arrived(event) {
    this.lastArrival = performance.now();
    this.lag = Math.max(0, this.serverNow() - Date.parse(event.storedAt));
    if (this.counts.length) this.counts[this.counts.length - 1]++;
    this.showLag();
    this.showRate();
  }

  showLag() {
    const quiet = this.lastArrival === null ? null : performance.now() - this.lastArrival;
    byId("lag").textContent = quiet === null ? "" : quiet < 10_000 ? "lag " + times.length(this.lag) : "quiet for " + times.length(quiet);
  }

  rate(counts) {
    this.counts = counts;
    this.showRate();
  }

  showRate() {
    const highest = Math.max(...this.counts, 4);
    const width = 90 / Math.max(1, this.counts.length);
    byId("spark").replaceChildren(...this.counts.map((count, i) => {
      const height = count === 0 ? 1 : Math.max(2, count / highest * 20);
      return svg("rect", { x: i * width, y: 20 - height, width: width - 1, height, class: count ? "some" : "none" });
    }));
    byId("per-minute").textContent = (this.counts[this.counts.length - 1] ?? 0) + "/min";
  }

  say(text) {
    byId("spoken").textContent = text;
  }
}
