// Reads JSON from the server. A refusal is an error with the server's own sentence and code.

export class Refused extends Error {
  constructor(status, body) {
    super(body?.message ?? "The server answered with status " + status + ".");
    this.status = status;
    this.code = body?.code ?? "UNKNOWN";
  }
}

export async function get(path, parameters = [], signal = undefined) {
  const query = new URLSearchParams(parameters).toString();
  const response = await fetch(query ? path + "?" + query : path, { signal, credentials: "same-origin" });
  return read(response);
}

/** Trades the token for a cookie that no script can read. */
export async function logIn(token) {
  const response = await fetch("/api/login", {
    method: "POST", credentials: "same-origin",
    headers: { "Content-Type": "application/json" }, body: JSON.stringify({ token }),
  });
  if (!response.ok) await read(response);
}

async function read(response) {
  let body = null;
  try {
    body = await response.json();
  } catch {
    if (response.ok) throw new Refused(response.status, { message: "The answer is no JSON." });
  }
  if (!response.ok) throw new Refused(response.status, body);
  return body;
}

/** Runs one request at a time; a newer one cancels the one before, whose answer is never seen. */
export function latest() {
  let running = null;
  return async function run(request) {
    running?.abort();
    const mine = running = new AbortController();
    try {
      const answer = await request(mine.signal);
      return mine.signal.aborted ? null : answer;
    } catch (error) {
      if (mine.signal.aborted) return null;
      throw error;
    } finally {
      if (running === mine) running = null;
    }
  };
}
