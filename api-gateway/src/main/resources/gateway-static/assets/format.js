// Numbers, units, names and ages as people read them.

const SYMBOLS = new Map([
  ['Cel', '°C'], ['K', 'K'], ['1', ''], ['%', '%'], ['kW', 'kW'], ['W', 'W'], ['kW.h', 'kWh'],
  ['mm/s', 'mm/s'], ['/min', '/min'], ['1/min', '/min'], ['{rpm}', '/min'], ['um', 'µm'], ['uS/cm', 'µS/cm'],
  ['[degF]', '°F'], ['m/s2', 'm/s²'], ['N.m', 'N·m'], ['L/min', 'l/min'],
]);

const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const fine = [0, 1, 2, 3].map(
  (digits) =>
    new Intl.NumberFormat(undefined, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
);

/** The usual symbol of a UCUM unit; empty for none. */
export function unit(ucum) {
  if (!ucum) {
    return '';
  }
  return SYMBOLS.get(ucum) ?? ucum.replace(/\{[^}]*\}/g, '').replaceAll('.', '·');
}

/** A whole number with separators; a dash if it is none. */
export function count(value) {
  const number = Number(value);
  return value === null || value === undefined || Number.isNaN(number) ? '–' : whole.format(number);
}

/** A value with about four significant digits, so that its width stays calm. */
export function value(raw, type) {
  if (raw === null || raw === undefined) {
    return '–';
  }
  if (typeof raw === 'boolean') {
    return raw ? 'on' : 'off';
  }
  if (type === 'integer') {
    return count(raw);
  }
  const number = Number(raw);
  if (type === 'string' || type === 'bytes' || Number.isNaN(number)) {
    return String(raw).slice(0, 24);
  }
  const size = Math.abs(number);
  return fine[size >= 1000 ? 0 : size >= 20 ? 1 : size >= 1 ? 2 : 3].format(number);
}

/** How long ago, in the largest unit only: for places without room. */
export function shortAge(milliseconds) {
  return age(milliseconds).replace(/^(\d+ (?:min|h)) .*$/, '$1');
}

/** A share in percent with two decimals. */
export function share(percent) {
  return fine[2].format(percent);
}

/** How long ago, in the two largest units. Negative: the source's clock is ahead of ours. */
export function age(milliseconds) {
  if (milliseconds === null || Number.isNaN(milliseconds)) {
    return '–';
  }
  if (milliseconds < -1500) {
    return `${count(-milliseconds / 1000)} s ahead`;
  }
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 60) {
    return `${seconds} s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return `${minutes} min ${String(seconds % 60).padStart(2, '0')} s`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${String(minutes % 60).padStart(2, '0')} min` : `${Math.floor(hours / 24)} d`;
}

/** 'spindle/temperature' as 'Spindle temperature', 'line-1' as 'Line 1'. */
export function title(text) {
  const words = text.replaceAll('/', ' ').replaceAll('-', ' ').replace(/([a-z])(\d)/g, '$1 $2').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** 'Europe/Vienna (UTC+01:00)': the zone in which this page shows times of day. */
export function zone(date) {
  const name = Intl.DateTimeFormat().resolvedOptions().timeZone || 'local time';
  const minutes = -date.getTimezoneOffset();
  const sign = minutes < 0 ? '−' : '+';
  const two = (number) => String(Math.floor(Math.abs(number))).padStart(2, '0');
  return `${name} (UTC${sign}${two(minutes / 60)}:${two(minutes % 60)})`;
}

const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23',
});

/** Time of day. */
export function time(date) {
  return clock.format(date);
}
