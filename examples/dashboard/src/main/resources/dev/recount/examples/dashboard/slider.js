// Time: how much happened when, and the moment that is shown.

import { byId, el, svg } from "./dom.js";
import * as times from "./times.js";

const STEPS = 1200;
const BUCKETS = 120;

export class Slider {
  /** @param travel called with a moment, or null for live, and whether the hand is still on it */
  constructor({ travel, zoom }) {
    this.input = byId("slider");
    this.travel = travel;
    this.zoom = zoom;
    this.first = this.last = null;
    this.at = this.span = null;
    this.heardAt = null;
    this.isEmpty = false;
    this.input.addEventListener("input", () => this.dragged(false));
    this.input.addEventListener("change", () => this.dragged(true));
  }

  /** The moments between which the town has events. */
  reach(first, last) {
    this.first = first;
    this.last = Math.max(last, first + times.MINUTES);
    this.spans();
  }

  /** Until when the server was heard; null while it is. */
  heard(at) {
    this.heardAt = at;
    this.place();
  }

  set(at, span) {
    this.at = at;
    this.span = span;
    this.spans();
    this.place();
  }

  /** The part of time that is shown. */
  window() {
    if (this.first === null) return null;
    const whole = this.last - this.first;
    if (!this.span || this.span >= whole) return { from: this.first, to: this.last };
    const middle = this.at === null ? this.last : this.at;
    const to = Math.min(this.last, Math.max(middle + this.span / 2, this.first + this.span));
    return { from: to - this.span, to };
  }

  histogramParameters() {
    const shown = this.window();
    return shown && [["from", new Date(shown.from).toISOString()], ["to", new Date(shown.to).toISOString()], ["buckets", BUCKETS]];
  }

  /** A step of so many buckets; on from the last moment is live. */
  step(by) {
    const shown = this.window();
    if (!shown || (this.at === null && by > 0)) return;
    const next = (this.at ?? this.last) + by * ((shown.to - shown.from) / BUCKETS);
    this.travel(next >= this.last ? null : Math.max(this.first, Math.round(next)), true);
  }

  home() {
    if (this.first !== null) this.travel(this.first, true);
  }

  draw({ counts, from, to }) {
    this.counts = counts;
    this.counted = { from: Date.parse(from), to: Date.parse(to) };
    this.place();
  }

  place() {
    const shown = this.window();
    const part = !shown || this.at === null ? 1 : Math.min(1, Math.max(0, (this.at - shown.from) / (shown.to - shown.from)));
    this.input.value = Math.round(part * STEPS);
    this.input.disabled = !shown;
    this.input.setAttribute("aria-valuetext", this.at === null ? "live" : times.whole(this.at));
    byId("cursor").style.setProperty("--part", part);
    byId("moment").textContent = this.momentText(shown);
    this.bars(part, shown);
    this.ticks(shown);
  }

  momentText(shown) {
    if (!shown) return this.isEmpty ? "No event yet. recount import-town adds rigs." : "";
    if (this.at !== null) return times.whole(this.at);
    return this.heardAt === null ? "Now" : "As it was at " + times.clock(this.heardAt);
  }

  // Where they were counted, though the time that is shown may have grown since.
  bars(part, shown) {
    const { from, to } = this.counted ?? {};
    const wide = !shown || !(to > from) ? 1 : (to - from) / (shown.to - shown.from);
    const left = !shown || !(to > from) ? 0 : (from - shown.from) / (shown.to - shown.from) * BUCKETS;
    const highest = Math.sqrt(Math.max(1, ...(this.counts ?? [])));
    const bars = (this.counts ?? []).map((count, i) => {
      const height = count === 0 ? 0 : Math.max(1.5, Math.sqrt(count) / highest * 40);
      const x = left + i * wide;
      return svg("rect", {
        x: x + 0.12 * wide, y: 40 - height, width: 0.76 * wide, height, class: x / BUCKETS < part ? "past" : "future",
      });
    });
    byId("bars").replaceChildren(...bars);
  }

  ticks(shown) {
    if (!shown) return;
    const span = shown.to - shown.from;
    const count = innerWidth < 600 ? 3 : 7;
    byId("ticks").replaceChildren(...Array.from({ length: count }, (_, i) =>
      el("span", {}, times.tick(shown.from + span * i / (count - 1), span))));
  }

  spans() {
    const whole = this.first === null ? 0 : this.last - this.first;
    const fitting = times.SPANS.filter(([span]) => span < whole);
    const current = fitting.some(([span]) => span === this.span) ? this.span : null;
    const shown = fitting.length + "/" + current;
    // On a phone the row scrolls, and stays where it was.
    if (shown === this.shownSpans) return;
    this.shownSpans = shown;
    byId("spans").replaceChildren(...[...fitting, [null, "all"]].map(([span, name]) => el("button", {
      type: "button", "aria-pressed": String(span === current), onclick: () => this.zoom(span),
    }, name)));
    const pressed = byId("spans").querySelector("[aria-pressed=true]");
    byId("spans").scrollLeft = pressed.offsetLeft - byId("spans").offsetLeft - 40;
  }

  dragged(isDone) {
    const shown = this.window();
    if (!shown) return;
    const part = this.input.value / STEPS;
    const isLive = part >= 1 && shown.to === this.last;
    this.travel(isLive ? null : Math.round(shown.from + part * (shown.to - shown.from)), isDone);
  }
}
