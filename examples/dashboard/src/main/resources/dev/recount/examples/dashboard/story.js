// The timeline of one thing, from its first event on.

import { get } from "./api.js";
import { byId, el, free, kindShape, stateShape, symbol, words } from "./dom.js";
import { latest } from "./api.js";
import * as times from "./times.js";

const LONG_PAUSE = 2 * times.HOURS;

export class Story {
  constructor({ close }) {
    this.root = byId("story");
    this.close = close;
    this.request = latest();
    this.item = null;
  }

  isOpen() {
    return this.item !== null;
  }

  isAbout(rig, subject) {
    return this.item !== null && subject && this.item.rig === rig && this.item.id === subject.id
      && this.item.collection === subject.collection;
  }

  hide() {
    this.item = null;
    this.root.hidden = true;
    document.body.classList.remove("has-story");
  }

  /** Shows the timeline; what came after the moment that the page shows is faint. */
  async show(item, at, takeFocus) {
    const isOther = JSON.stringify(item) !== JSON.stringify(this.item);
    this.item = item;
    this.root.hidden = false;
    document.body.classList.add("has-story");
    if (isOther) this.root.replaceChildren(this.head(item, null), el("p", { class: "empty" }, "Reading its events ..."));
    if (takeFocus) this.root.focus({ preventScroll: true });
    try {
      const answer = await this.request(signal => get(path(item), [["zone", times.zone]], signal));
      if (answer) this.fill(item, answer, at);
    } catch (error) {
      this.root.replaceChildren(this.head(item, null), el("p", { class: "empty" }, error.message));
    }
  }

  fill(item, answer, at) {
    const scroll = this.root.scrollTop;
    const list = el("ol", { class: "line" });
    this.add(list, answer.entries, at);
    this.root.replaceChildren(this.head(item, answer), list);
    if (answer.next !== null) this.root.append(this.rest(item, answer.next, list, at));
    this.root.scrollTop = scroll;
  }

  rest(item, next, list, at) {
    return el("button", { type: "button", class: "button", onclick: async click => {
      const answer = await get(path(item), [["zone", times.zone], ["after", next]]);
      this.add(list, answer.entries, at);
      click.target.remove();
      if (answer.next !== null) this.root.append(this.rest(item, answer.next, list, at));
    } }, "Show what came next");
  }

  head(item, answer) {
    return el("header", { class: "story-head" },
      el("div", { class: "story-name" },
        el("h2", { id: "story-id" }, free(item.id)), el("span", { class: "rig" }, item.rig),
        el("button", { type: "button", class: "icon", "aria-label": "Close", onclick: () => this.close() }, symbol("e-close"))),
      answer?.title ? el("p", { class: "story-title" }, free(answer.title)) : null,
      answer ? el("p", { class: "story-state" }, answer.state ? stateShape(answer.state) : symbol("s-gone", "state-other"),
        answer.state ? words(answer.state) : "no more there",
        el("span", { class: "note" }, spread(answer.entries))) : null);
  }

  add(list, entries, at) {
    let before = list.lastElementChild?.time ?? null;
    for (const entry of entries) {
      const time = Date.parse(entry.occurredAt);
      if (before === null || times.dayKey(before) !== times.dayKey(time)) {
        list.append(el("li", { class: "line-day" }, times.day(time)));
      } else if (time - before > LONG_PAUSE) list.append(el("li", { class: "line-pause" }, times.length(time - before) + " later"));
      list.append(this.entry(entry, time, at));
      before = time;
    }
  }

  entry(entry, time, at) {
    const node = el("li", {
      class: "line-entry" + (at !== null && time > at ? " later" : ""), "data-sequence": entry.sequence,
      title: times.whole(time) + " · event " + entry.sequence,
    },
      el("span", { class: "node" }, kindShape(entry.type)),
      el("p", { class: "line-what" }, free(entry.sentence)),
      ...entry.changes.slice(0, 12).map(changed));
    node.time = time;
    return node;
  }
}

function changed({ field, from, to }) {
  return el("p", { class: "changed" },
    el("span", { class: "field" }, words(field)),
    from === null ? null : el("del", {}, free(brief(from))),
    from !== null && to !== null ? symbol("e-arrow") : null,
    to === null ? (from === null ? null : el("span", { class: "note" }, "removed")) : el("ins", {}, free(brief(to))));
}

const brief = text => text.length > 280 ? text.slice(0, 279) + "…" : text;

const path = ({ rig, collection, id }) =>
  "/api/rigs/" + [rig, collection, id].map(encodeURIComponent).join("/") + "/timeline";

function spread(entries) {
  if (entries.length < 2) return entries.length === 1 ? "1 event" : "";
  const length = Date.parse(entries[entries.length - 1].occurredAt) - Date.parse(entries[0].occurredAt);
  return entries.length + " events" + (length >= times.SECOND ? " in " + times.length(length) : "");
}
