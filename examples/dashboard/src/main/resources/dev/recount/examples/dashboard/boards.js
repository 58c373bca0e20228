// The boards: things in lanes by their state, as the server says.

import { byId, el, free, stateShape, words } from "./dom.js";
import * as times from "./times.js";

const FEW = 4;

export class Boards {
  /** @param open what to do with a card; changed called when a lane is to be shown whole */
  constructor({ open, changed, link }) {
    this.root = byId("boards");
    this.open = open;
    this.changed = changed;
    this.link = link;
    this.whole = new Set();
    this.folded = new Set([
      "agents/dead", "agents/idle", "workspaces/removed", "plans/acknowledged", "plans/completed", "plans/ended",
    ]);
  }

  /** The lanes that are shown whole, as parameters. */
  parameters() {
    return [["limit", FEW], ...[...this.whole].map(lane => ["whole", lane])];
  }

  show(state, now) {
    const focus = document.activeElement?.dataset?.key;
    const boards = state.boards.map(board => this.board(board, now, state.rigs.length > 1));
    this.root.replaceChildren(...boards);
    this.root.dataset.at = state.at ?? "live";
    if (focus) this.root.querySelector(`[data-key="${CSS.escape(focus)}"]`)?.focus({ preventScroll: true });
  }

  board(board, now, severalRigs) {
    const lanes = board.lanes.filter(lane => lane.count > 0);
    return el("section", { class: "board", "data-collection": board.collection, "aria-label": board.title },
      el("div", { class: "pane-head" }, el("h2", {}, board.title), el("span", { class: "figure" }, number(board.count))),
      lanes.length ? this.proportions(lanes, board.count) : null,
      ...lanes.map(lane => this.lane(board, lane, now, severalRigs)),
      lanes.length ? null : el("p", { class: "empty" }, "None at this moment."));
  }

  proportions(lanes, count) {
    const bar = el("div", { class: "proportions", "aria-hidden": "true" });
    for (const lane of lanes) {
      const part = el("i", { class: "part part-" + lane.state, title: words(lane.state) + ": " + number(lane.count) });
      part.style.flexGrow = Math.max(lane.count / Math.max(1, count), 0.006);
      bar.append(part);
    }
    return bar;
  }

  lane(board, lane, now, severalRigs) {
    const key = board.collection + "/" + lane.state;
    const isFolded = this.folded.has(key);
    const heading = el("button", {
      type: "button", class: "lane-head", "data-key": key, "aria-expanded": String(!isFolded),
      onclick: () => this.fold(key),
    }, stateShape(lane.state), el("span", { class: "lane-name" }, words(lane.state)),
      el("span", { class: "figure", "data-count": lane.count }, number(lane.count)));
    const items = isFolded ? null : el("ul", { class: "cards" }, ...lane.items.map(item => this.card(board, lane, item, now, severalRigs)));
    return el("div", { class: "lane", "data-state": lane.state }, heading, items, isFolded ? null : this.more(key, lane));
  }

  more(key, lane) {
    const isWhole = this.whole.has(key);
    if (!lane.more && !isWhole) return null;
    const text = isWhole
      ? lane.more ? "Fewer · " + number(lane.count - lane.items.length) + " are not listed: filter to find them" : "Fewer"
      : number(lane.count - lane.items.length) + " more";
    return el("button", { type: "button", class: "more", "data-key": key + "+", onclick: () => this.toggle(key) }, text);
  }

  card(board, lane, item, now, severalRigs) {
    const since = Date.parse(item.since);
    const target = { rig: item.rig, collection: board.collection, id: item.id };
    const named = item.title || item.id;
    return el("li", {}, el("a", {
      class: "card", href: this.link(target), "data-key": [item.rig, board.collection, item.id].join("/"), title: named,
      onclick: click => {
        if (click.ctrlKey || click.metaKey || click.shiftKey) return;
        click.preventDefault();
        this.open(target);
      },
    },
      stateShape(lane.state),
      says(item.id, item.title) ? null : free(shortened(item.id), "id"),
      free(named, "title"),
      item.detail ? free(item.detail, "detail") : null,
      severalRigs ? el("span", { class: "rig" }, item.rig) : null,
      el("time", { datetime: item.since, title: times.whole(since) }, now - since < times.SECOND ? "now" : times.length(now - since))));
  }

  fold(key) {
    this.folded.has(key) ? this.folded.delete(key) : this.folded.add(key);
    this.changed();
  }

  toggle(key) {
    this.whole.has(key) ? this.whole.delete(key) : this.whole.add(key);
    this.changed();
  }
}

const number = count => count.toLocaleString("en");
const shortened = id => id.length > 22 ? id.slice(0, 21) + "…" : id;

// An agent's id often ends with its name; then the name is enough.
const says = (id, title) => !title || id.toLowerCase().split(/[/-]/).pop() === title.toLowerCase();
