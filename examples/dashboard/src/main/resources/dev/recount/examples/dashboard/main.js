// Puts the page together: what is shown follows from the address, and what is new comes from the feed.

import { Activity } from "./activity.js";
import { get, latest, logIn } from "./api.js";
import { Boards } from "./boards.js";
import { byId, el, symbol } from "./dom.js";
import { Filter } from "./filter.js";
import * as places from "./place.js";
import { Slider } from "./slider.js";
import { Story } from "./story.js";
import { Stream } from "./stream.js";
import * as times from "./times.js";
import { Vitals } from "./vitals.js";

const FIRST_SCREEN = 120;
const BOARDS_AT_MOST_EVERY = 700;
const HISTOGRAM_AT_MOST_EVERY = 1_000;
const STILL_MOVING = 40;
const MOST_AT_ONCE = 600;
const OVERVIEW_EVERY = 15_000;
const NEW_RIGS_AT_MOST_EVERY = 1_000;

class Page {
  constructor(town, vitals) {
    this.town = town;
    this.api = "/api/towns/" + encodeURIComponent(town) + "/";
    this.place = places.read();
    this.reaches = null; // up to where the activity is shown, in each rig
    this.waiting = []; // events of the feed that came while the activity was being read
    this.missed = 0; // events since the page left the live moment
    this.inOrder = new Map(); // the last sequence that the feed gave, in each rig
    this.vitals = vitals;
    const open = item => this.go({ item });
    this.activity = new Activity({ open, older: place => this.showOlder(place), link: event => this.link(event) });
    this.boards = new Boards({ open, changed: () => this.readBoards(), link: item => places.address({ ...this.place, item }) });
    this.story = new Story({ close: () => this.closeStory(), open, link: item => places.address({ ...this.place, item }) });
    this.slider = new Slider({ travel: (at, isDone) => this.travel(at, isDone), zoom: span => this.go({ span }) });
    this.filter = new Filter({ changed: filters => this.go(filters) });
    this.requests = { activity: latest(), boards: latest(), histogram: latest(), overview: latest() };
  }

  async start() {
    byId("town").textContent = this.town;
    document.title = this.town + " · Recount";
    this.filter.show(this.place);
    this.slider.set(this.place.at, this.place.span);
    addEventListener("popstate", () => this.arrive(places.read()));
    this.activity.wait("Reading the rigs ...");
    this.readOverview();
    setInterval(() => this.readOverview(), OVERVIEW_EVERY);
    this.stream = new Stream(this.api + "events", {
      started: () => this.readAll(),
      event: (type, event) => this.take(event),
      control: (type, data) => this.told(type, data),
      state: (name, detail) => this.connection(name, detail),
    });
    this.stream.run();
    if (this.place.at !== null) this.readAll();
  }

  // --- where the page is

  go(change, replace = false) {
    const next = { ...this.place, ...change };
    const address = places.address(next);
    if (address === places.address(this.place)) return;
    if (replace) history.replaceState(null, "", address);
    else history.pushState(null, "", address);
    this.arrive(next);
  }

  arrive(next) {
    const before = this.place;
    this.place = next;
    const differs = key => JSON.stringify(before[key]) !== JSON.stringify(next[key]);
    this.slider.set(next.at, next.span);
    this.vitals.travels(next.at);
    if (["rigs", "agent", "types"].some(differs)) this.filter.show(next);
    if (["at", "rigs", "agent", "types"].some(differs)) this.laterMoment();
    if (["span", "rigs"].some(differs) || (next.span && differs("at"))) this.readHistogram();
    if (differs("item") || (next.item && differs("at"))) this.showStory(differs("item"));
    this.showRigs();
  }

  travel(at, isDone) {
    if (at === this.place.at) return;
    // One entry in the history for one journey, not for each step of it.
    this.go({ at }, this.place.at !== null && at !== null || !isDone && this.place.at !== null);
  }

  link(event) {
    return places.address({ ...this.place,
      item: { rig: event.rig, collection: event.subject.collection, id: event.subject.id } });
  }

  // --- what is read

  readAll() {
    this.readMoment();
    this.readHistogram();
    this.readRate();
    if (this.place.item) this.showStory(false);
  }

  /** Whoever drags the slider passes many moments and wants to see the last. */
  laterMoment() {
    this.beginActivity();
    clearTimeout(this.momentDue);
    this.momentDue = setTimeout(() => this.readMoment(), STILL_MOVING);
  }

  readMoment() {
    this.readActivity();
    this.readBoards();
  }

  // What is about to be shown is in what is read from now on.
  beginActivity() {
    this.reaches = null;
    this.batch = null;
  }

  async readActivity() {
    this.beginActivity();
    document.body.classList.toggle("past", this.place.at !== null);
    const answer = await this.ask("activity", [
      ...places.moment(this.place.at), ...places.filters(this.place), ["limit", FIRST_SCREEN]]);
    if (!answer) return;
    this.reaches = new Map(Object.entries(answer.reaches));
    this.missed = 0;
    this.activity.show(answer, this.emptyText());
    this.showNote();
    const waiting = this.waiting;
    this.waiting = [];
    waiting.forEach(event => this.show(event));
  }

  async showOlder(older) {
    const answer = await this.ask("activity", [
      ...places.moment(this.place.at), ...places.filters(this.place), ["limit", FIRST_SCREEN], ["older", older]]);
    if (!answer) return;
    this.activity.append(answer.events);
    this.activity.atEnd(answer.older, "");
  }

  async readBoards() {
    this.boardsReadAt = performance.now();
    const answer = await this.ask("boards", [
      ...places.moment(this.place.at), ...places.filters({ ...this.place, types: [] }), ...this.boards.parameters()], "state");
    if (answer) this.boards.show(answer, this.place.at ?? this.vitals.serverNow());
  }

  async readHistogram() {
    const parameters = this.slider.histogramParameters();
    if (!parameters) return;
    const rigs = this.place.rigs.map(rig => ["rig", rig]);
    const answer = await this.ask("histogram", [...parameters, ...rigs]);
    if (answer) this.slider.draw(answer);
  }

  async readRate() {
    const now = this.vitals.serverNow();
    const answer = await get(this.api + "histogram", [
      ["from", new Date(now - 30 * times.MINUTES).toISOString()], ["to", new Date(now).toISOString()], ["buckets", 30]])
      .catch(() => null);
    if (answer) this.vitals.rate(answer.counts);
  }

  laterOverview() {
    this.overviewDue ??= setTimeout(() => {
      this.overviewDue = null;
      this.readOverview();
    }, Math.max(0, NEW_RIGS_AT_MOST_EVERY - (performance.now() - this.overviewReadAt)));
  }

  async readOverview() {
    this.overviewReadAt = performance.now();
    const answer = await this.ask("overview", [], "rigs");
    if (!answer) return;
    this.overview = answer;
    this.vitals.clock(Date.parse(answer.now));
    const moments = answer.rigs.filter(rig => rig.first !== null);
    if (moments.length) {
      this.slider.reach(Math.min(...moments.map(rig => Date.parse(rig.first))), Math.max(...moments.map(rig => Date.parse(rig.last))));
    }
    this.slider.isEmpty = moments.length === 0;
    this.slider.place();
    this.filter.know({ rigs: answer.rigs.map(rig => rig.rig), agents: answer.agents, types: answer.types });
    this.showRigs();
    this.activity.emptyText(this.emptyText());
    this.readRate();
    this.readHistogram();
    if (this.place.at === null && this.reaches !== null) this.readBoards();
  }

  async ask(what, parameters, path = what) {
    try {
      return await this.requests[what](signal => get(this.api + path, parameters, signal));
    } catch (error) {
      if (error.status === 401) signIn();
      // That the server is away, the stream notices, too, and the page goes on when it is back.
      else if (error.status && error.status !== 503) this.alarm(error.message);
      return null;
    }
  }

  // --- what the feed says

  take(event) {
    this.checkOrder(event);
    this.vitals.arrived(event);
    this.flash(event);
    const moment = Math.min(Date.parse(event.occurredAt), Date.parse(event.storedAt));
    if (this.slider.first === null) this.slider.reach(moment, moment);
    if (moment > this.slider.last) {
      this.slider.reach(this.slider.first, moment);
      this.laterHistogram();
    }
    if (this.reaches === null) this.waiting.push(event);
    else this.show(event);
  }

  /** The feed gives each event once and a rig's events in order. Should that ever fail, it is to be seen. */
  checkOrder({ rig, sequence }) {
    const before = this.inOrder.get(rig) ?? 0;
    if (sequence <= before) this.alarm(`The feed gave event ${sequence} of ${rig} after its event ${before}.`);
    this.inOrder.set(rig, sequence);
  }

  show(event) {
    // The activity was read up to here already when the feed came to this event.
    if (event.sequence <= (this.reaches.get(event.rig) ?? 0)) return;
    this.reaches.set(event.rig, event.sequence);
    if (this.place.at !== null) {
      this.missed++;
      this.showNote();
      return;
    }
    if (this.passes(event)) (this.batch ??= this.nextBatch()).push(event);
    if (this.story.isAbout(event.rig, event.subject)) this.laterStory();
    this.laterBoards();
  }

  // Many events at once are put on the page at once.
  nextBatch() {
    const events = [];
    setTimeout(() => {
      if (this.batch !== events) return;
      this.batch = null;
      this.activity.prepend(events.slice(-MOST_AT_ONCE));
    }, 16);
    return events;
  }

  passes({ rig, type, tags }) {
    const { rigs, agent, types } = this.place;
    return (rigs.length === 0 || rigs.includes(rig)) && (types.length === 0 || types.includes(type))
      && (!agent || [].concat(tags?.[this.overview?.agentTag ?? "agent"] ?? []).includes(agent));
  }

  laterBoards() {
    this.boardsDue ??= setTimeout(() => {
      this.boardsDue = null;
      this.readBoards();
      this.slider.place();
    }, Math.max(150, BOARDS_AT_MOST_EVERY - (performance.now() - (this.boardsReadAt ?? 0))));
  }

  laterHistogram() {
    this.histogramDue ??= setTimeout(() => {
      this.histogramDue = null;
      this.readHistogram();
    }, HISTOGRAM_AT_MOST_EVERY);
  }

  laterStory() {
    this.storyDue ??= setTimeout(() => {
      this.storyDue = null;
      if (this.place.item) this.showStory(false);
    }, 200);
  }

  told(type, data) {
    if (type === "reset") {
      this.inOrder.clear();
      this.story.forget();
      this.readAll();
      this.vitals.say("The log is another than before; the page begins anew.");
    } else if (type === "broken") this.readOverview();
  }

  connection(name, detail) {
    this.vitals.state(name, detail);
    this.slider.heard(name === "live" ? null : this.stream.heardAt);
    if (name === "signed-out") signIn();
    if (name === "live" && this.stream.cursor !== null && this.reaches === null) this.readAll();
  }

  // --- what is shown

  showStory(takeFocus) {
    if (this.place.item) this.story.show(this.place.item, this.place.at, takeFocus);
    else this.story.hide();
  }

  closeStory() {
    this.go({ item: null });
    this.activity.focused?.focus({ preventScroll: true });
  }

  emptyText() {
    const { at, rigs, agent, types } = this.place;
    const unknown = this.overview ? rigs.filter(rig => !this.knows(rig)) : [];
    if (unknown.length) return "There is no rig of the name " + unknown.join(", ") + ".";
    if (rigs.length || agent || types.length) return "Nothing that the filter lets through.";
    if (at !== null) return "Nothing had happened yet.";
    return "Nothing has happened yet. What happens from now on appears here.";
  }

  knows(name) {
    return [...this.overview.rigs, ...this.overview.broken].some(rig => rig.rig === name);
  }

  showNote() {
    const fresh = byId("fresh");
    fresh.hidden = this.place.at === null || this.missed === 0;
    fresh.textContent = this.missed.toLocaleString("en") + " new since";
    byId("activity-note").textContent = this.place.at === null ? "" : "up to " + times.whole(this.place.at);
  }

  showRigs() {
    if (!this.overview) return;
    const { rigs, broken } = this.overview;
    const total = rigs.reduce((sum, rig) => sum + rig.events, 0);
    byId("totals").textContent = rigs.length === 1 ? "1 rig" : rigs.length + " rigs";
    byId("totals").title = total.toLocaleString("en") + " events";
    const newest = Math.max(...rigs.map(rig => rig.events), 1);
    byId("rigs").replaceChildren(
      ...rigs.map(rig => this.rigChip(rig, newest)),
      ...broken.map(rig => el("span", { class: "chip broken", title: rig.message, "data-rig": rig.rig, tabindex: "0" },
        symbol("s-warn"), el("span", {}, rig.rig), el("span", { class: "note" }, "cannot be read"))));
    if (rigs.length + broken.length === 0) {
      byId("rigs").append(el("p", { class: "note" }, "No rig yet. Every *.db file in the town's directory is one."));
    }
  }

  rigChip(rig, most) {
    const chosen = this.place.rigs.includes(rig.rig);
    const level = el("i", { class: "level", "aria-hidden": "true" });
    level.style.setProperty("--level", Math.sqrt(rig.events / most));
    return el("button", {
      type: "button", class: "chip", "data-rig": rig.rig, "aria-pressed": String(chosen),
      title: rig.events.toLocaleString("en") + " events" + (rig.last ? ", the last " + times.whole(Date.parse(rig.last)) : ""),
      onclick: () => this.filter.toggleRig(rig.rig),
    }, el("span", { class: "chip-name" }, rig.rig), el("span", { class: "figure" }, rig.events.toLocaleString("en")), level);
  }

  flash({ rig, sequence }) {
    const known = this.overview?.rigs.find(each => each.rig === rig);
    if (!known) return this.laterOverview();
    if (sequence <= known.head) return;
    known.head = sequence;
    known.events++;
    const chip = byId("rigs").querySelector(`[data-rig="${CSS.escape(rig)}"]`);
    if (!chip) return;
    chip.querySelector(".figure").textContent = known.events.toLocaleString("en");
    chip.classList.remove("flash");
    requestAnimationFrame(() => chip.classList.add("flash"));
  }

  alarm(text) {
    const alarm = byId("alarm");
    alarm.hidden = false;
    alarm.replaceChildren(symbol("s-warn"), el("span", {}, text),
      el("button", { type: "button", class: "icon", "aria-label": "Dismiss", onclick: () => { alarm.hidden = true; } }, symbol("e-close")));
  }
}

// --- the keyboard

function listenToKeys(page) {
  addEventListener("keydown", key => {
    if (key.ctrlKey || key.metaKey || key.altKey || document.querySelector("dialog[open]")) return;
    if (key.key === "Escape") return escape(page);
    const isTyping = key.target.matches?.("input:not([type=range]), textarea, select");
    const action = isTyping ? null : actionOf(page, key);
    if (!action) return;
    key.preventDefault();
    action();
  });
}

function actionOf(page, key) {
  const by = key.shiftKey ? 10 : 1;
  switch (key.key) {
    case "ArrowLeft": return () => page.slider.step(-by);
    case "ArrowRight": return () => page.slider.step(by);
    case "Home": return () => page.slider.home();
    case "End": case "l": return () => page.travel(null, true);
    case "j": case "ArrowDown": return () => page.activity.step(1);
    case "k": case "ArrowUp": return () => page.activity.step(-1);
    case "/": return () => byId("query").focus();
    case "?": return () => byId("keys").showModal();
    case "Enter": return key.target.matches?.("button, a, summary") ? null : () => page.activity.openFocused();
    default: return null;
  }
}

function escape(page) {
  if (document.activeElement === byId("query")) page.filter.leave();
  else if (page.story.isOpen()) page.closeStory();
}

function listenToButtons(page) {
  const live = () => page.travel(null, true);
  for (const id of ["live", "fresh", "pill"]) byId(id).addEventListener("click", live);
  byId("help").addEventListener("click", () => byId("keys").showModal());
  byId("theme").addEventListener("click", () => {
    const isDark = getComputedStyle(document.documentElement).colorScheme.startsWith("dark");
    setTheme(isDark ? "light" : "dark");
  });
  byId("views").addEventListener("click", click => {
    const view = click.target.dataset.view;
    if (!view) return;
    byId("main").dataset.view = view;
    for (const button of byId("views").children) button.setAttribute("aria-pressed", String(button.dataset.view === view));
  });
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // A browser that keeps nothing forgets the choice.
  }
}

function rememberedTheme() {
  try {
    return localStorage.getItem("theme");
  } catch {
    return null;
  }
}

// --- who may see it

function signIn() {
  if (!byId("login").open) byId("login").showModal();
}

byId("login").addEventListener("cancel", cancel => cancel.preventDefault());
byId("login-form").addEventListener("submit", async submit => {
  submit.preventDefault();
  try {
    await logIn(byId("token").value);
    location.reload();
  } catch (error) {
    byId("login-error").textContent = error.message;
  }
});

/** A token behind the # never reaches a server or its log; it is traded for a cookie and taken out of the address. */
async function tokenFromFragment() {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (token === null) return;
  history.replaceState(null, "", location.pathname + location.search);
  await logIn(token).catch(() => null);
}

async function open() {
  const theme = rememberedTheme();
  if (theme) setTheme(theme);
  await tokenFromFragment();
  const vitals = new Vitals();
  for (let pause = 500; ; pause = Math.min(pause * 2, 5_000)) {
    try {
      const { towns } = await get("/api/towns");
      const page = new Page(towns[0], vitals);
      listenToKeys(page);
      listenToButtons(page);
      await page.start();
      page.vitals.travels(page.place.at);
      return;
    } catch (error) {
      if (error.status === 401) return signIn();
      if (error.status === undefined && !(error instanceof TypeError)) throw error;
      vitals.state("unreachable", error.message);
      await new Promise(resolve => setTimeout(resolve, pause));
    }
  }
}

open();
