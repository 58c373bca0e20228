// The activity: events as sentences, the newest on top, by day.

import { byId, el, free, kindShape } from "./dom.js";
import * as times from "./times.js";

const MOST_ROWS = 600;

export class Activity {
  /** @param open what to do with the thing that an event is about; older how to load what came before */
  constructor({ open, older, link }) {
    this.list = byId("activity");
    this.end = byId("activity-end");
    this.open = open;
    this.older = older;
    this.link = link;
    this.focused = null;
    this.list.addEventListener("click", click => this.clicked(click));
  }

  show({ events, older }, emptyText) {
    this.list.replaceChildren();
    this.focused = null;
    this.append(events);
    this.atEnd(older, emptyText);
  }

  /** Why there is nothing, where that is known better than before. */
  emptyText(text) {
    if (this.end.querySelector(".empty:not(.waiting)")) this.atEnd(null, text);
  }

  wait(text) {
    this.end.replaceChildren(el("p", { class: "empty waiting" }, text));
  }

  /** Older events below those that are there. */
  append(events) {
    let last = this.list.lastElementChild?.dataset.day;
    for (const event of events) {
      const key = times.dayKey(Date.parse(event.occurredAt));
      if (key !== last) this.list.append(this.heading(key, event));
      last = key;
      this.list.append(this.row(event, key));
    }
  }

  atEnd(older, emptyText) {
    this.end.replaceChildren();
    if (this.list.childElementCount === 0) this.end.append(el("p", { class: "empty" }, emptyText));
    else if (older) {
      this.end.append(el("button", { type: "button", class: "button", onclick: () => this.older(older) }, "Show older"));
    } else this.end.append(el("p", { class: "first" }, "Nothing happened before this."));
  }

  /** New events on top, the newest last. */
  prepend(events) {
    const scrolled = this.list.scrollTop > 24 || this.focused !== null;
    const height = this.list.scrollHeight;
    for (const event of events) this.prependOne(event);
    while (this.list.childElementCount > MOST_ROWS) this.list.lastElementChild.remove();
    // Who reads on further down is not pushed away.
    if (scrolled) this.list.scrollTop += this.list.scrollHeight - height;
  }

  prependOne(event) {
    if (this.list.childElementCount === 0) this.end.replaceChildren();
    const key = times.dayKey(Date.parse(event.occurredAt));
    const row = this.row(event, key);
    row.classList.add("new");
    const top = this.list.firstElementChild;
    if (top?.dataset.day === key) top.after(row);
    else this.list.prepend(this.heading(key, event), row);
  }

  heading(key, event) {
    return el("li", { class: "day", "data-day": key }, times.day(Date.parse(event.occurredAt)));
  }

  row(event, key) {
    const time = Date.parse(event.occurredAt);
    const subject = event.subject;
    const row = el("li", {
      class: "row", tabindex: "-1", "data-day": key, "data-rig": event.rig, "data-sequence": event.sequence,
    },
      el("time", { datetime: event.occurredAt, title: times.whole(time) + " · event " + event.sequence }, times.clock(time)),
      kindShape(event.type),
      el("span", { class: "rig", title: event.rig }, event.rig),
      el("span", { class: "what" },
        subject ? el("a", { class: "id", href: this.link(event) }, free(subject.id)) : null,
        free(event.sentence, "sentence"),
        subject?.title && subject.title !== subject.id && !event.sentence.includes(subject.title) ? free(subject.title, "title") : null));
    row.event = event;
    return row;
  }

  clicked(click) {
    const row = click.target.closest(".row");
    if (!row || click.ctrlKey || click.metaKey || click.shiftKey || click.button !== 0) return;
    if (!click.target.closest("a") && getSelection().toString()) return;
    click.preventDefault();
    this.focus(row);
    this.openFocused();
  }

  /** Moves through the rows. */
  step(by) {
    const rows = [...this.list.querySelectorAll(".row")];
    if (rows.length === 0) return;
    const at = rows.indexOf(this.focused);
    this.focus(rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))]);
    this.focused.scrollIntoView({ block: "nearest" });
    if (at + by >= rows.length) this.end.querySelector("button")?.click();
  }

  focus(row) {
    this.focused?.classList.remove("focused");
    this.focused = row;
    row.classList.add("focused");
    row.focus({ preventScroll: true });
  }

  openFocused() {
    const event = this.focused?.isConnected ? this.focused.event : null;
    if (event?.subject) this.open({ rig: event.rig, collection: event.subject.collection, id: event.subject.id });
  }
}
