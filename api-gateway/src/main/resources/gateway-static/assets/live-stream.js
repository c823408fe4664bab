// Server-Sent Events by fetch instead of EventSource: this way an expired session (401) can be told
// from a service that is down, comments count as a sign of life, and Last-Event-ID survives.

const SILENCE_MS = 40_000; // the service sends a comment every 15 s
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
const LONGEST_EVENT = 4_000_000;

/** Splits a text stream into events, as the HTML standard says in 9.2.6. */
export class EventParser {
  #rest = '';
  #data = [];
  #type = 'message';
  #onEvent;
  lastEventId = '';

  constructor(onEvent) {
    this.#onEvent = onEvent;
  }

  feed(text) {
    this.#rest += text;
    if (this.#rest.length > LONGEST_EVENT) {
      throw new Error('an event of the live stream is too long');
    }
    let from = 0;
    for (;;) {
      const match = /\r\n|\n|\r(?!$)/g;
      match.lastIndex = from;
      const found = match.exec(this.#rest);
      if (!found) {
        break;
      }
      this.#line(this.#rest.slice(from, found.index));
      from = found.index + found[0].length;
    }
    this.#rest = this.#rest.slice(from);
  }

  #line(line) {
    if (line === '') {
      if (this.#data.length > 0) {
        this.#onEvent(this.#type, this.#data.join('\n'));
      }
      this.#data = [];
      this.#type = 'message';
      return;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') {
      this.#data.push(value);
    } else if (field === 'event') {
      this.#type = value;
    } else if (field === 'id' && !value.includes('\0')) {
      this.lastEventId = value;
    }
  }
}

/**
 * Keeps a live stream open. Reports: `onEvent(type, data)`, `onState('connecting' | 'live' | 'lost', detail)`,
 * `onOpen()` after each connection, `onRefused()` when the session has ended.
 */
export class LiveStream {
  #url;
  #hooks;
  #pause = FIRST_PAUSE_MS;
  #lastEventId = '';
  #abort = null;
  #stopped = false;
  #wake = null;

  constructor(url, hooks) {
    this.#url = url;
    this.#hooks = hooks;
  }

  async run() {
    while (!this.#stopped) {
      this.#hooks.onState('connecting', '');
      let detail = 'the stream has ended';
      try {
        await this.#connect();
      } catch (error) {
        detail = error.message;
      }
      if (this.#stopped) {
        return;
      }
      this.#hooks.onState('lost', detail);
      await this.#sleep(this.#pause * (0.75 + Math.random() / 2));
      this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MS);
    }
  }

  stop() {
    this.#stopped = true;
    this.#abort?.abort();
    this.#wake?.();
  }

  /** Tries again at once, for instance because the device is online again. */
  retry() {
    this.#pause = FIRST_PAUSE_MS;
    this.#wake?.();
  }

  async #connect() {
    this.#abort = new AbortController();
    const headers = { Accept: 'text/event-stream' };
    if (this.#lastEventId) {
      headers['Last-Event-ID'] = this.#lastEventId;
    }
    let watch = this.#watch();
    try {
      const response = await fetch(this.#url, {
        headers, cache: 'no-store', signal: this.#abort.signal,
      });
      if (response.status === 401) {
        this.stop();
        this.#hooks.onRefused();
        return;
      }
      if (!response.ok || !response.body) {
        throw new Error(await reason(response));
      }
      this.#hooks.onOpen();
      const parser = new EventParser(this.#hooks.onEvent);
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { value, done } = await reader.read();
        clearTimeout(watch);
        if (done) {
          return;
        }
        watch = this.#watch();
        this.#pause = FIRST_PAUSE_MS;
        parser.feed(value);
        this.#lastEventId = parser.lastEventId;
        this.#hooks.onState('live', '');
      }
    } finally {
      clearTimeout(watch);
      this.#abort.abort();
    }
  }

  #watch() {
    const abort = this.#abort;
    return setTimeout(() => abort.abort(new Error('nothing came for 40 s')), SILENCE_MS);
  }

  #sleep(milliseconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** What a refused answer says, from its problem details where there are any. */
export async function reason(response) {
  try {
    const problem = await response.json();
    return problem.detail ?? `HTTP ${response.status}`;
  } catch {
    return `HTTP ${response.status}`;
  }
}
