// What is filtered by, as words that can be typed and taken away: rig:gastown, agent:toast, type:closed.

import { byId, el } from "./dom.js";

const HINT = "Filter: rig:, agent: or type:";

export class Filter {
  /** @param changed called with the new { rigs, agent, types } */
  constructor({ changed }) {
    this.input = byId("query");
    this.changed = changed;
    this.known = { rigs: [], agents: [], types: [] };
    byId("filter").addEventListener("submit", submit => {
      submit.preventDefault();
      this.take();
    });
    this.input.addEventListener("change", () => this.isWhole() && this.take());
    this.input.addEventListener("keydown", key => {
      if (key.key === "Backspace" && this.input.value === "") this.removeLast();
    });
  }

  /** Forgets what was typed and not yet taken. */
  leave() {
    this.input.value = "";
    this.input.setCustomValidity("");
    this.input.blur();
  }

  know(known) {
    this.known = known;
    const options = [
      ...known.rigs.map(rig => "rig:" + rig), ...known.types.map(type => "type:" + type),
      ...known.agents.map(agent => "agent:" + agent),
    ];
    byId("suggestions").replaceChildren(...options.map(value => el("option", { value })));
  }

  show(filters) {
    this.filters = filters;
    const words = [
      ...filters.rigs.map(rig => ["rig", rig]), ...(filters.agent ? [["agent", filters.agent]] : []),
      ...filters.types.map(type => ["type", type]),
    ];
    this.input.placeholder = words.length ? "" : HINT;
    byId("tokens").replaceChildren(...words.map(([key, value]) => el("button", {
      type: "button", class: "token", "aria-label": "Remove the filter " + key + ":" + value, onclick: () => this.remove(key, value),
    }, el("b", {}, key), el("span", {}, value), el("i", { "aria-hidden": "true" }, "×"))));
  }

  toggleRig(rig) {
    this.filters.rigs.includes(rig) ? this.remove("rig", rig) : this.add("rig", rig);
  }

  isWhole() {
    const [, key, value] = this.word();
    return value && this.known[key === "agent" ? "agents" : key + "s"]?.includes(value);
  }

  word() {
    const text = this.input.value.trim();
    const found = /^(rig|agent|type):(.+)$/.exec(text);
    if (found) return found;
    // A bare word is what it is the name of.
    const key = ["rig", "type", "agent"].find(each => this.known[each + "s"].includes(text));
    return key ? [text, key, text] : [text, null, null];
  }

  take() {
    const [text, key, value] = this.word();
    if (text === "") return;
    this.input.setCustomValidity(key ? "" : "Write rig:, agent: or type: and a name.");
    if (!this.input.reportValidity()) {
      this.input.addEventListener("input", () => this.input.setCustomValidity(""), { once: true });
      return;
    }
    this.input.value = "";
    this.add(key, value);
  }

  add(key, value) {
    const { rigs, agent, types } = this.filters;
    if (key === "rig") this.changed({ rigs: [...new Set([...rigs, value])], agent, types });
    else if (key === "type") this.changed({ rigs, agent, types: [...new Set([...types, value])] });
    else this.changed({ rigs, agent: value, types });
  }

  remove(key, value) {
    const { rigs, agent, types } = this.filters;
    this.changed({
      rigs: key === "rig" ? rigs.filter(rig => rig !== value) : rigs,
      agent: key === "agent" ? null : agent,
      types: key === "type" ? types.filter(type => type !== value) : types,
    });
  }

  removeLast() {
    const { rigs, agent, types } = this.filters;
    if (types.length) this.remove("type", types[types.length - 1]);
    else if (agent) this.remove("agent", agent);
    else if (rigs.length) this.remove("rig", rigs[rigs.length - 1]);
  }
}
