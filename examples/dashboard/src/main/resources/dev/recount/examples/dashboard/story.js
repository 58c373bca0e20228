// The timeline of one thing, from its first event on.

import { get, latest } from "./api.js";
import { byId, el, free, kindShape, stateShape, symbol, words } from "./dom.js";
import * as places from "./place.js";
import * as times from "./times.js";

const LONG_PAUSE = 2 * times.HOURS;

export class Story {
  /** @param close what closes it; open what to do with another thing that an entry names; link its address */
  constructor({ close, open, link }) {
    this.root = byId("story");
    this.close = close;
    this.open = open;
    this.link = link;
    this.request = latest();
    this.item = null;
    this.forget();
  }

  isOpen() {
    return this.item !== null;
  }

  isAbout(rig, subject) {
    return this.item !== null && subject && this.item.rig === rig && this.item.id === subject.id
      && this.item.collection === subject.collection;
  }

  hide() {
    this.forget();
    this.item = null;
    this.root.hidden = true;
    document.body.classList.remove("has-story");
  }

  /** What was read belongs to another log. */
  forget() {
    this.entries = [];
    this.next = null;
  }

  /** Shows the timeline, with the head of the moment that the page shows; what came after it is faint. */
  async show(item, at, takeFocus) {
    const isOther = JSON.stringify(item) !== JSON.stringify(this.item);
    this.item = item;
    this.at = at;
    this.root.hidden = false;
    document.body.classList.add("has-story");
    if (isOther) {
      this.forget();
      this.root.replaceChildren(this.head(item, null), el("p", { class: "empty" }, "Reading its events ..."));
    }
    if (takeFocus) this.root.focus({ preventScroll: true });
    try {
      await this.refresh(item);
    } catch (error) {
      this.root.replaceChildren(this.head(item, null), el("p", { class: "empty" }, error.message));
    }
  }

  /** Reads the head anew, and the entries behind those that are there already. */
  async refresh(item) {
    const isWhole = this.next === null;
    const loaded = isWhole ? [] : [["limit", 1]];
    const answer = await this.request(signal => this.read(item, [["after", this.reached()], ...loaded], signal));
    if (!answer) return;
    if (isWhole) this.take(answer);
    this.fill(item, answer);
  }

  async readOn(item) {
    const answer = await this.read(item, [["after", this.next]]);
    if (JSON.stringify(this.item) !== JSON.stringify(item)) return;
    this.take(answer);
    this.fill(item, answer);
  }

  read(item, parameters, signal) {
    return get(path(item), [["zone", times.zone], ...places.moment(this.at), ...parameters], signal);
  }

  reached() {
    return this.entries[this.entries.length - 1]?.sequence ?? 0;
  }

  take({ entries, next }) {
    const reached = this.reached();
    this.entries.push(...entries.filter(entry => entry.sequence > reached));
    this.next = next;
  }

  fill(item, answer) {
    const scroll = this.root.scrollTop;
    const list = el("ol", { class: "line" });
    this.add(list, this.entries, answer.reaches);
    this.root.replaceChildren(this.head(item, answer), list);
    if (this.next !== null) {
      this.root.append(el("button", { type: "button", class: "button", onclick: () => this.readOn(item) }, "Show what came next"));
    }
    this.root.scrollTop = scroll;
  }

  head(item, answer) {
    return el("header", { class: "story-head" },
      el("div", { class: "story-name" },
        el("h2", { id: "story-id" }, free(item.id)), el("span", { class: "rig" }, item.rig),
        el("button", { type: "button", class: "icon", "aria-label": "Close", onclick: () => this.close() }, symbol("e-close"))),
      answer?.title ? el("p", { class: "story-title" }, free(answer.title)) : null,
      answer ? el("p", { class: "story-state" }, answer.state ? stateShape(answer.state) : symbol("s-gone", "state-other"),
        answer.state ? words(answer.state) : this.happened(answer).length ? "no more there" : "not there yet",
        el("span", { class: "note" }, spread(this.happened(answer), this.next === null))) : null);
  }

  happened({ reaches }) {
    return this.entries.filter(entry => entry.sequence <= reaches);
  }

  add(list, entries, reaches) {
    let before = null;
    for (const entry of entries) {
      const time = Date.parse(entry.occurredAt);
      if (before === null || times.dayKey(before) !== times.dayKey(time)) {
        list.append(el("li", { class: "line-day" }, times.day(time)));
      } else if (time - before > LONG_PAUSE) list.append(el("li", { class: "line-pause" }, times.length(time - before) + " later"));
      list.append(this.entry(entry, time, reaches));
      before = time;
    }
  }

  entry(entry, time, reaches) {
    return el("li", {
      class: "line-entry" + (entry.sequence > reaches ? " later" : ""), "data-sequence": entry.sequence,
      title: times.whole(time) + " · event " + entry.sequence,
    },
      el("span", { class: "node" }, kindShape(entry.type)),
      el("p", { class: "line-what" }, this.other(entry.subject), free(entry.sentence)),
      ...entry.changes.slice(0, 12).map(changed));
  }

  /** What an entry is about, where that is not what the timeline is of: an agent's tells of beads. */
  other(subject) {
    if (!subject || subject.collection === this.item.collection && subject.id === this.item.id) return null;
    const target = { rig: this.item.rig, ...subject };
    return el("span", {}, el("a", {
      class: "id", href: this.link(target),
      onclick: click => {
        if (click.ctrlKey || click.metaKey || click.shiftKey) return;
        click.preventDefault();
        this.open(target);
      },
    }, free(subject.id)), " ");
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

function spread(entries, isAll) {
  if (entries.length < 2) return entries.length === 1 ? "1 event" : "";
  const length = Date.parse(entries[entries.length - 1].occurredAt) - Date.parse(entries[0].occurredAt);
  return entries.length + (isAll ? " events" : " events and more") + (isAll && length >= times.SECOND ? " in " + times.length(length) : "");
}
