// Follows the server-sent events of a feed.
//
// Not with EventSource: that gives up for good after a 503 and cannot tell why it was refused, drops events of types that it was not
// told of beforehand, and hides the heartbeats by which a dead connection is noticed. The protocol is the same, and so is the cursor.

const SILENCE = 40_000;
const FIRST_PAUSE = 300;
const LONGEST_PAUSE = 5_000;
const UNSEEN_AT_MOST = 10_000;

export class Stream {
  /**
   * @param url the feed
   * @param heard what to do: started() when the place to go on from is known, event(type, data), control(type, data) for frames
   *     without an id, state(name, detail)
   */
  constructor(url, heard) {
    this.url = url;
    this.heard = heard;
    this.cursor = null;
    this.heardAt = null;
    this.pause = FIRST_PAUSE;
    this.stopped = false;
    this.wake = () => {};
    this.asleep = false;
    addEventListener("online", () => this.wake());
    // A browser has six connections for a server, over all tabs and the pages that its back button keeps. Pages that nobody looks at
    // would take them all, and the seventh could read nothing.
    addEventListener("pagehide", () => this.sleep());
    addEventListener("pageshow", () => this.wakeUp());
    document.addEventListener("visibilitychange", () => this.looked());
    this.looked();
  }

  async run() {
    while (!this.stopped) {
      while (this.asleep && !this.stopped) await new Promise(resolve => { this.wake = resolve; });
      try {
        await this.connection();
        this.heard.state("reconnecting");
      } catch (error) {
        this.heard.state(error.status === 401 ? "signed-out" : "reconnecting", error.message);
        if (error.status === 401) return;
      }
      if (!this.asleep) await this.rest();
    }
  }

  looked() {
    clearTimeout(this.unseen);
    if (document.hidden) this.unseen = setTimeout(() => this.sleep(), UNSEEN_AT_MOST);
    else this.wakeUp();
  }

  /** Gives the connection back; the cursor says where to go on. */
  sleep() {
    this.asleep = true;
    this.abort?.abort();
  }

  wakeUp() {
    this.asleep = false;
    this.wake();
  }

  stop() {
    this.stopped = true;
    this.abort?.abort();
    this.wake();
  }

  async connection() {
    this.abort = new AbortController();
    const response = await fetch(this.url, {
      signal: this.abort.signal, cache: "no-store", credentials: "same-origin",
      headers: { Accept: "text/event-stream", ...(this.cursor ? { "Last-Event-ID": this.cursor } : {}) },
    });
    if (!response.ok || !response.headers.get("Content-Type")?.startsWith("text/event-stream")) {
      const body = await response.json().catch(() => null);
      throw Object.assign(new Error(body?.message ?? "status " + response.status), { status: response.status });
    }
    this.heard.state("live");
    await this.readAll(response.body.pipeThrough(new TextDecoderStream()).getReader());
  }

  async readAll(reader) {
    const frames = new Frames(frame => this.take(frame));
    for (;;) {
      const watchdog = setTimeout(() => this.abort.abort(), SILENCE);
      const { value, done } = await reader.read().finally(() => clearTimeout(watchdog));
      if (done) return;
      this.pause = FIRST_PAUSE;
      this.heardAt = Date.now();
      frames.add(value);
    }
  }

  take({ id, type, data }) {
    if (id !== null) {
      const first = this.cursor === null;
      this.cursor = id;
      if (first) this.heard.started();
    }
    if (data === null) return;
    if (id === null) this.heard.control(type, JSON.parse(data));
    else this.heard.event(type, JSON.parse(data));
  }

  async rest() {
    await new Promise(resolve => {
      this.wake = resolve;
      setTimeout(resolve, this.pause * (0.75 + Math.random() / 2));
    });
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
  }
}

/** Cuts text into frames, wherever the network cut it. */
class Frames {
  constructor(take) {
    this.take = take;
    this.rest = "";
    this.clear();
  }

  clear() {
    this.frame = { id: null, type: "message", data: null };
  }

  add(text) {
    const lines = (this.rest + text).split(/\r\n|\n|\r(?=[^])/);
    this.rest = lines.pop();
    for (const line of lines) this.line(line);
  }

  line(line) {
    if (line === "") {
      if (this.frame.id !== null || this.frame.data !== null) this.take(this.frame);
      this.clear();
      return;
    }
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "id" && !value.includes("\0")) this.frame.id = value;
    else if (field === "event") this.frame.type = value;
    else if (field === "data") this.frame.data = this.frame.data === null ? value : this.frame.data + "\n" + value;
  }
}
