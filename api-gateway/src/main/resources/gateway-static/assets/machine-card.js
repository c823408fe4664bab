// One machine: state, counts, key values.
import { html, svg, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { stateOf } from './machine-state.js';
import { symbol } from './symbols.js';
import * as format from './format.js';

const SHOWN_AT_ONCE = 5;
const BAR = 100;

/** The card of a machine at that time (milliseconds since 1970). */
export function machineCard(machine, number, now) {
  const state = stateOf(machine.state(now));
  const id = `m-${machine.path.replaceAll('/', '-')}`;
  const values = machine.values;
  return html`
    <li class="machine machine--${state.level}">
      <article aria-labelledby=${id}>
        <header class="machine__head">
          <span class="machine__symbol">${symbol(state.symbol)}</span>
          <div class="machine__names">
            <h3 id=${id}><span class="machine__number">${number}</span> ${format.title(machine.name)}</h3>
            <p class="machine__state">${state.name}<span class="machine__since"> ${since(machine, now)}</span></p>
          </div>
        </header>
        ${counts(machine, now)}
        <ul class="values">${repeat(values.slice(0, SHOWN_AT_ONCE), (point) => point.key, (point) => row(point, now))}</ul>
        ${values.length === 0 ? html`<p class="machine__none">No process values declared.</p>` : nothing}
        ${values.length > SHOWN_AT_ONCE ? more(values.slice(SHOWN_AT_ONCE), now) : nothing}
      </article>
    </li>`;
}

function since(machine, now) {
  if (machine.silent(now)) {
    return Number.isNaN(machine.newest) ? 'never any' : `for ${format.age(now - machine.newest)}`;
  }
  const point = machine.point('machine-state');
  if (!point) {
    return 'no state tag';
  }
  if (point.reading.bad) {
    return `state is bad, last was ${stateOf(point.reading.value).name}`;
  }
  return point.known ? `for ${format.age(now - point.reading.since)}` : '';
}

function counts(machine, now) {
  const good = machine.point('good-count');
  const reject = machine.point('reject-count');
  if (!good && !reject) {
    return nothing;
  }
  const share =
    good?.known && reject?.known && Number(good.reading.value) + Number(reject.reading.value) > 0
      ? (100 * Number(reject.reading.value)) / (Number(good.reading.value) + Number(reject.reading.value))
      : null;
  return html`<dl class="counts">
    ${tally('Good', good, now)} ${tally('Reject', reject, now)}
    <div><dt title="Rejects of all items">Share</dt><dd>${share === null ? '–' : `${format.share(share)} %`}</dd></div>
  </dl>`;
}

function tally(label, point, now) {
  if (!point) {
    return nothing;
  }
  const bad = point.reading.bad;
  return html`<div>
    <dt>${label} <span class="counts__age">${format.shortAge(point.age(now))}</span></dt>
    <dd class=${bad ? 'old' : ''}>${format.count(point.reading.value)}${bad ? badge('bad') : nothing}</dd>
  </div>`;
}

function row(point, now) {
  const { reading, tag } = point;
  const stale = point.stale(now);
  const outside = point.known && !reading.bad && isOutside(reading.value, tag);
  const name = format.title(tag.name);
  return html`<li class=${reading.bad || stale || !point.known ? 'value old' : 'value'}>
    <span class="value__name" title=${tag.name}>${name}</span>
    <span class="value__age"><span class="hidden">age</span> ${format.age(point.age(now))}</span>
    <span class="value__bar">${mark(point, stale, outside) ?? bar(point)}</span>
    <span class="value__now"><span class="value__number">${format.value(reading.value, tag.type)}</span>
      <span class="value__unit">${format.unit(tag.unit)}</span></span>
  </li>`;
}

/** The word that stands in the place of the bar when a value cannot be taken as it is. */
function mark(point, stale, outside) {
  const { reading } = point;
  if (reading.bad) {
    return badge('bad');
  }
  if (stale) {
    return badge('stale');
  }
  return reading.uncertain ? badge('uncertain') : outside ? badge('range') : null;
}

const BADGES = {
  bad: ['✕ Bad', 'Quality is bad; this is the last value'],
  stale: ['◷ Stale', 'No new value in time'],
  uncertain: ['? Uncertain', 'Quality is uncertain'],
  range: ['▲ Out of range', 'Outside of the declared range'],
};

function badge(kind) {
  const [text, meaning] = BADGES[kind];
  return html`<span class="badge badge--${kind}" title=${meaning}>${text}</span>`;
}

function isOutside(value, tag) {
  const number = Number(value);
  return (typeof tag.rangeLow === 'number' && number < tag.rangeLow)
    || (typeof tag.rangeHigh === 'number' && number > tag.rangeHigh);
}

/** A bar with a pointer: where the value lies within the declared range. */
function bar(point) {
  const { rangeLow: low, rangeHigh: high } = point.tag;
  if (typeof low !== 'number' || typeof high !== 'number' || !(high > low)) {
    return nothing;
  }
  const share = (Number(point.reading.value) - low) / (high - low);
  const at = Math.min(1, Math.max(0, Number.isFinite(share) ? share : 0)) * BAR;
  return html`<svg class="bar" viewBox="0 0 ${BAR} 12" preserveAspectRatio="none" aria-hidden="true">
    ${svg`<rect class="bar__track" x="0" y="4" width=${BAR} height="4"/>
      ${point.known && Number.isFinite(share) ? svg`<rect class="bar__fill" x="0" y="4" width=${at} height="4"/><rect class="bar__pointer" x=${Math.max(0, at - 1.5)} y="0" width="3" height="12"/>` : nothing}`}
  </svg>`;
}

function more(points, now) {
  return html`<details class="more">
    <summary>${points.length} more</summary>
    <ul class="values">${repeat(points, (point) => point.key, (point) => row(point, now))}</ul>
  </details>`;
}
