// What the page shows is all in its address, so that it can be shared and the back button works.

import { SPANS } from "./times.js";

export function read() {
  const query = new URLSearchParams(location.search);
  const at = Date.parse(query.get("at") ?? "");
  const item = (query.get("item") ?? "").split("/");
  return {
    at: Number.isNaN(at) ? null : at,
    rigs: query.getAll("rig").filter(Boolean),
    agent: query.get("agent") || null,
    types: query.getAll("type").filter(Boolean),
    item: item.length === 3 && item.every(Boolean)
      ? { rig: decode(item[0]), collection: decode(item[1]), id: decode(item[2]) } : null,
    span: SPANS.find(([span]) => String(span) === query.get("span"))?.[0] ?? null,
  };
}

export function address({ at, rigs, agent, types, item, span }) {
  const query = new URLSearchParams();
  if (at !== null) query.set("at", new Date(at).toISOString());
  rigs.forEach(rig => query.append("rig", rig));
  if (agent) query.set("agent", agent);
  types.forEach(type => query.append("type", type));
  if (span) query.set("span", span);
  if (item) query.set("item", [item.rig, item.collection, item.id].map(encodeURIComponent).join("/"));
  const text = query.toString();
  return text ? "?" + text : location.pathname;
}

/** The parameters of the server's answers for what is filtered. */
export function filters({ rigs, agent, types }) {
  const parameters = rigs.map(rig => ["rig", rig]);
  if (agent) parameters.push(["agent", agent]);
  types.forEach(type => parameters.push(["type", type]));
  return parameters;
}

export const moment = at => at === null ? [] : [["at", new Date(at).toISOString()]];

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
