// The first page: the plant live.
import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { LiveStream, reason } from './live-stream.js';
import { Plant, listOf } from './plant-model.js';
import { GROUPS, stateOf } from './machine-state.js';
import { machineCard } from './machine-card.js';
import { symbol } from './symbols.js';
import * as format from './format.js';

const TICK_MS = 1_000;
const DRAW_MS = 250; // values may come faster than eyes can read
const RETRY_MS = 5_000;
const REBUILD_MS = 10_000;
const MOST_TAGS = 20_000;

const STREAM = {
  connecting: { text: 'Connecting …', symbol: 'step' },
  live: { text: 'Live', symbol: 'run' },
  lost: { text: 'Not live', symbol: 'fault' },
};

class PlantPage extends LitElement {
  static properties = {
    user: {},
    csrf: {},
    stream: { state: true },
    detail: { state: true },
    problem: { state: true },
    quarantine: { state: true },
    loaded: { state: true },
  };

  #plant = new Plant();
  #live = null;
  #offset = 0; // gateway's time minus ours
  #drawn = 0;
  #timer = null;
  #built = 0;
  #loading = false;
  #retry = null;

  constructor() {
    super();
    this.stream = 'connecting';
    this.detail = '';
    this.problem = '';
    this.quarantine = null;
    this.loaded = false;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    window.addEventListener('online', () => this.#live?.retry());
    this.#live = new LiveStream('/api/v1/live?interval=PT0.25S', {
      onState: (state, detail) => this.#streamState(state, detail),
      onOpen: () => this.#load(),
      onEvent: (type, data) => this.#event(type, data),
      onRefused: () => this.#login(),
    });
    this.#load();
    this.#live.run();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#timer);
    clearTimeout(this.#retry);
    this.#live?.stop();
  }

  #now() {
    return Date.now() + this.#offset;
  }

  #tick() {
    this.#drawn = Date.now();
    this.requestUpdate();
  }

  #soon() {
    if (Date.now() - this.#drawn >= DRAW_MS) {
      this.#tick();
    }
  }

  #streamState(state, detail) {
    if (state === 'connecting' && this.stream === 'lost') {
      return; // still not live; the notice stays
    }
    this.stream = state;
    this.detail = detail;
  }

  #event(type, data) {
    const content = JSON.parse(data);
    if (type === 'values') {
      const unknown = this.#plant.take(listOf(content));
      if (unknown && Date.now() - this.#built > REBUILD_MS) {
        this.#load();
      }
      this.#soon();
    } else if (type === 'quarantine') {
      this.quarantine = content.count;
    }
  }

  /** Equipment, tags and last values; also after each reconnection, to close the gap. */
  async #load() {
    if (this.#loading) {
      return;
    }
    this.#loading = true;
    clearTimeout(this.#retry);
    this.#built = Date.now();
    try {
      const asked = Date.now();
      const session = await this.#get('/api/session');
      this.#offset = Date.parse(session.now) - (asked + Date.now()) / 2;
      const [equipment, tags, values] = await Promise.all([
        this.#get('/api/v1/equipment'), this.#tags(), this.#get('/api/v1/last-values'),
      ]);
      this.#plant.build(equipment, tags);
      this.#plant.take(listOf(values));
      this.loaded = true;
      this.problem = '';
      const quarantine = await this.#get('/api/v1/quarantine/count');
      this.quarantine = quarantine.count;
    } catch (error) {
      this.problem = error.message;
      this.#retry = setTimeout(() => this.#load(), RETRY_MS);
    }
    this.#loading = false;
    this.#tick();
  }

  async #tags() {
    const tags = [];
    let cursor = '';
    do {
      const answer = await this.#get(`/api/v1/tags?limit=1000${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      tags.push(...listOf(answer));
      cursor = answer.next ?? '';
    } while (cursor && tags.length < MOST_TAGS);
    return tags;
  }

  async #get(url) {
    const response = await fetch(url, { headers: { Accept: 'application/json' }, cache: 'no-store' });
    if (response.status === 401) {
      this.#login();
      throw new Error('The session has ended.');
    }
    if (!response.ok) {
      throw new Error(await reason(response));
    }
    return response.json();
  }

  #login() {
    this.#live?.stop();
    location.assign('/login');
  }

  render() {
    const now = this.#now();
    const machines = this.#plant.machines;
    return html`
      ${this.#bar(now)}
      <main id="plant" tabindex="-1" class=${this.stream === 'lost' ? 'not-live' : ''}>
        ${this.#notice()}
        ${machines.length > 0 ? this.#overview(machines, now) : this.#empty()}
        ${repeat(this.#plant.lines, (line) => line.path, (line) => this.#line(line, now))}
      </main>`;
  }

  #bar(now) {
    const date = new Date(now);
    const stream = STREAM[this.stream];
    return html`<header class="bar-top">
      <div class="brand"><img src="/assets/icon.svg" alt="" width="32" height="32" /><h1>Linewright</h1></div>
      <p class="stream stream--${this.stream}" role="status">${symbol(stream.symbol)} ${stream.text}</p>
      <p class="set-aside ${this.quarantine > 0 ? 'set-aside--some' : ''}" title="Records that could not be read; they are kept in quarantine">
        <span class="label">Quarantine</span> <strong>${this.quarantine === null ? '–' : format.count(this.quarantine)}</strong>
      </p>
      <p class="clock"><span class="label">${format.zone(date)}</span> <time datetime=${date.toISOString()}>${format.time(date)}</time></p>
      <p class="user"><span class="label">Logged in as</span> <strong>${this.user}</strong></p>
      <form method="post" action="/logout">
        <input type="hidden" name="_csrf" .value=${this.csrf} />
        <button type="submit">Log out</button>
      </form>
    </header>`;
  }

  #notice() {
    if (this.stream === 'lost') {
      return html`<p class="notice notice--warn" role="alert">
        <strong>These values are not live.</strong> The stream is interrupted (${this.detail}); the page keeps trying.
        Ages go on counting from the time of each value.</p>`;
    }
    return this.problem
      ? html`<p class="notice notice--warn" role="alert"><strong>The plant cannot be read.</strong> ${this.problem}</p>`
      : nothing;
  }

  #overview(machines, now) {
    const tally = new Map(GROUPS.map((group) => [group.name, 0]));
    for (const machine of machines) {
      const group = stateOf(machine.state(now)).group;
      tally.set(group, tally.get(group) + 1);
    }
    return html`<section class="overview" aria-label="Machines by state">
      <ul>${GROUPS.map((group) => html`
        <li class="tally tally--${tally.get(group.name) > 0 ? group.level : 'zero'}">
          ${symbol(group.symbol)}<span class="tally__count">${tally.get(group.name)}</span>
          <span class="tally__name">${group.name}</span>
        </li>`)}</ul>
      <nav aria-label="Lines">${this.#plant.lines.map((line) => html`
        <a href="#${anchor(line)}">${format.title(line.area)} · ${format.title(line.name)}</a>`)}</nav>
    </section>`;
  }

  #line(line, now) {
    const running = line.machines.filter((machine) => stateOf(machine.state(now)).group === 'Running').length;
    return html`<section class="line" id=${anchor(line)} aria-labelledby="${anchor(line)}-name">
      <header class="line__head">
        <h2 id="${anchor(line)}-name"><span class="line__area">${format.title(line.site)} / ${format.title(line.area)}</span> ${format.title(line.name)}</h2>
        <p>${running} of ${line.machines.length} running</p>
      </header>
      <ol class="machines">${repeat(line.machines, (machine) => machine.path, (machine, index) => machineCard(machine, index + 1, now))}</ol>
    </section>`;
  }

  #empty() {
    if (!this.loaded) {
      return this.problem ? nothing : html`<p class="empty">Reading the plant …</p>`;
    }
    return html`<section class="empty">
      <h2>No machine has announced itself yet</h2>
      <ol>
        <li>Describe your machines and their tags in a gateway file (<code>edge.yaml</code>).</li>
        <li>Start the edge gateway with it: <code>./linewright up --edge edge.yaml</code>, or leave that out for the simulated plant.</li>
        <li>Machines appear here by themselves as soon as the edge gateway has announced them.</li>
      </ol>
    </section>`;
  }
}

function anchor(line) {
  return `line-${line.path.replaceAll('/', '-')}`;
}

customElements.define('lw-plant-page', PlantPage);
