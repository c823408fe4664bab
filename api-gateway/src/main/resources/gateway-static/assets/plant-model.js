// What the page knows of the plant: equipment, tags, and the last value of each tag.

const BAD = 2;
const UNCERTAIN = 1;
const SILENT_MS = 15_000; // a machine without any new value for so long shows 'No data'
const STALE_FACTOR = 3;
const STALE_SLACK_MS = 2_000;

/** Roles whose values stand on a machine's card, in this order. */
const SHOWN = [
  'temperature', 'vibration-rms', 'power', 'current', 'speed', 'cycle-time', 'process-value',
];

const natural = new Intl.Collator('en', { numeric: true });

/** The first array in an answer: lists come bare or as a member of an object. */
export function listOf(answer) {
  if (Array.isArray(answer)) {
    return answer;
  }
  return Object.values(answer ?? {}).find(Array.isArray) ?? [];
}

/** Severity of an OPC UA status: 0 good, 1 uncertain, 2 or more bad (Part 4, 7.39). */
export function severity(status) {
  return Number(status ?? 0) >>> 30;
}

function tagKey(tag) {
  return `${tag.path}#${tag.name}`;
}

/** Last value of one tag. */
class Reading {
  value = null;
  status = 0;
  time = NaN;
  since = NaN; // when the value became what it is, as far as this page has seen

  take(update) {
    const time = Date.parse(update.time);
    if (time < this.time) {
      return;
    }
    this.time = time;
    this.status = Number(update.status ?? 0);
    if (update.value !== null && update.value !== undefined) {
      if (update.value !== this.value) {
        this.since = time;
      }
      this.value = update.value;
    }
  }

  get bad() {
    return severity(this.status) >= BAD;
  }

  get uncertain() {
    return severity(this.status) === UNCERTAIN;
  }
}

/** A tag of a machine with its reading. */
class Point {
  constructor(tag) {
    this.tag = tag;
    this.key = tagKey(tag);
    this.reading = new Reading();
  }

  get known() {
    return !Number.isNaN(this.reading.time);
  }

  age(now) {
    return this.known ? now - this.reading.time : null;
  }

  /** Stale: a tag with a sampling time is late by more than three of them. */
  stale(now) {
    const sampling = this.tag.samplingMillis;
    return Boolean(sampling) && this.known && this.age(now) > STALE_FACTOR * sampling + STALE_SLACK_MS;
  }
}

/** A machine with its points. */
class Machine {
  constructor(path, position) {
    this.path = path;
    this.name = path.split('/').at(-1);
    this.position = position;
    this.points = [];
  }

  point(role) {
    return this.points.find((point) => point.tag.role === role) ?? null;
  }

  get values() {
    return this.points
      .filter((point) => SHOWN.includes(point.tag.role))
      .sort((a, b) => SHOWN.indexOf(a.tag.role) - SHOWN.indexOf(b.tag.role) || natural.compare(a.tag.name, b.tag.name));
  }

  /** Time of the newest value of any tag; NaN if there is none. */
  get newest() {
    return this.points.reduce(
      (newest, point) => (point.known && !(point.reading.time < newest) ? point.reading.time : newest), NaN);
  }

  /** Number of the PackML state; null when it cannot be told now. */
  state(now) {
    const point = this.point('machine-state');
    if (!point?.known || point.reading.bad || this.silent(now)) {
      return null;
    }
    return point.reading.value;
  }

  silent(now) {
    return !(now - this.newest < SILENT_MS);
  }
}

/** The plant: lines with machines. */
export class Plant {
  #points = new Map();
  lines = [];

  /** Builds the plant from the answers of /equipment and /tags; readings of known tags are kept. */
  build(equipment, tags) {
    const machines = new Map();
    for (const item of flatten(listOf(equipment))) {
      if (item.level === 'WORK_UNIT' || item.path.split('/').length === 5) {
        machines.set(item.path, new Machine(item.path, item.position ?? machines.size));
      }
    }
    const points = new Map();
    for (const tag of tags) {
      const owner = tag.path.split('/').slice(0, 5).join('/');
      if (owner.split('/').length < 5) {
        continue; // the gateway's own counters
      }
      if (!machines.has(owner)) {
        machines.set(owner, new Machine(owner, Number.MAX_SAFE_INTEGER));
      }
      const point = new Point(tag);
      point.reading = this.#points.get(point.key)?.reading ?? point.reading;
      points.set(point.key, point);
      machines.get(owner).points.push(point);
    }
    this.#points = points;
    this.lines = byLine([...machines.values()]);
  }

  /** Takes over last values; true if one belongs to a tag that is not known yet. */
  take(values) {
    let unknown = false;
    for (const update of values) {
      const key = update.tag ?? `${update.path}#${update.name}`;
      const point = this.#points.get(key);
      if (point) {
        point.reading.take(update);
      } else {
        unknown ||= key.split('#')[0].split('/').length >= 5;
      }
    }
    return unknown;
  }

  get machines() {
    return this.lines.flatMap((line) => line.machines);
  }
}

function flatten(items, found = []) {
  for (const item of items) {
    found.push(item);
    flatten(item.children ?? [], found);
  }
  return found;
}

function byLine(machines) {
  const lines = new Map();
  for (const machine of machines) {
    const path = machine.path.split('/').slice(0, 4).join('/');
    if (!lines.has(path)) {
      const [, site, area, name] = path.split('/');
      lines.set(path, { path, site, area, name, machines: [] });
    }
    lines.get(path).machines.push(machine);
  }
  for (const line of lines.values()) {
    line.machines.sort((a, b) => a.position - b.position || natural.compare(a.name, b.name));
  }
  return [...lines.values()].sort((a, b) => natural.compare(a.path, b.path));
}
