// Builds elements. Text only ever becomes a text node, so what an event says stays text.

export const byId = id => document.getElementById(id);

/** An element with attributes, and children that are nodes or texts; what is null is left out. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter(child => child !== null && child !== undefined));
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** One of the page's symbols. */
export function symbol(id, className = "") {
  return svg("svg", { class: "symbol " + className, "aria-hidden": "true" }, svg("use", { href: "#" + id }));
}

/** Text of either direction between others that have theirs. What would turn the text around it, too, is shown instead of obeyed. */
export const free = (text, className) =>
  el("bdi", { class: className, dir: "auto" }, text.replace(/[\u202a-\u202e\u2066-\u2069]/g, "\ufffd"));

const STATES = {
  open: "s-open", in_progress: "s-half", in_review: "s-eye", blocked: "s-bar", failed: "s-fail", closed: "s-done",
  hooked: "e-hook", pinned: "s-pin", working: "s-play", idle: "s-wait", stalled: "s-warn", dead: "s-gone",
  provisioning: "s-half", online: "s-play", degraded: "s-warn", offline: "s-wait", removed: "s-gone",
  escalated: "s-warn", acknowledged: "s-eye", waiting: "s-wait", landed: "s-done", advancing: "s-half", completed: "s-done", ended: "s-gone",
  archived: "s-gone", running: "s-play", awaiting_approval: "s-warn", interrupted: "s-bar", requested: "s-half", done: "s-done",
};

/** A state as its shape; the colour only repeats what the shape says. */
export function stateShape(state) {
  return symbol(STATES[state] ?? "s-other", "state-" + (STATES[state] ? state : "other"));
}

export const words = state => state.replaceAll("_", " ");

const KINDS = [
  [/^(created|observed)$/, "e-plus"], [/(closed|completed|landed|acknowledged)$/, "e-check"], [/^(un)?hooked$/, "e-hook"],
  [/^mail_/, "e-mail"], [/^agent_|^assigned$/, "e-who"], [/status_changed|review_submitted|advanced|escalated/, "e-arrow"],
  [/updated|label|renamed/, "e-edit"], [/deleted/, "e-close"],
  [/_(created|started|requested)$|_streamed$/, "e-plus"], [/_committed$|_answered$/, "e-check"],
  [/^tool_|^reverted_|archived$|_(failed|interrupted)$/, "e-arrow"],
  [/^WORKSPACE_(PROVISIONING|EXPANDED)$/, "e-plus"], [/_REMOVED$|_COLLAPSED$/, "e-close"], [/^WORKSPACE_ONLINE$/, "e-check"],
  [/_UPDATED$/, "e-edit"], [/^AGENT_/, "e-who"], [/^WORKSPACE_(MOVED|DEGRADED|OFFLINE|PROVISION_FAILED)$/, "e-arrow"],
];

/** What kind of event it is, at a glance. */
export const kindShape = type => symbol((KINDS.find(([known]) => known.test(type)) ?? [0, "e-dot"])[1], "kind");
