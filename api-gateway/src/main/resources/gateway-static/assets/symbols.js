// Symbols of machine states: told apart by shape, so that colour is never needed.
import { svg, html } from 'lit';

const SHAPES = {
  run: svg`<path d="M7 4.5v15l12.5-7.5z" fill="currentColor"/>`,
  step: svg`<path d="M7 5v14l11.5-7z" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linejoin="round"/>`,
  idle: svg`<circle cx="12" cy="12" r="7" fill="none" stroke="currentColor" stroke-width="2.2"/>`,
  wait: svg`<path d="M7 4h10M7 20h10M8 4c0 5 8 6 8 16M16 4c0 5-8 6-8 16" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round"/>`,
  hold: svg`<path d="M6.5 4.5h4v15h-4zM13.5 4.5h4v15h-4z" fill="currentColor"/>`,
  stop: svg`<rect x="5.5" y="5.5" width="13" height="13" rx="1" fill="currentColor"/>`,
  done: svg`<path d="M5 12.5l5 5L19.5 7" fill="none" stroke="currentColor" stroke-width="2.8" stroke-linecap="round" stroke-linejoin="round"/>`,
  fault: svg`<path d="M12 3l9.5 17.5h-19z" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linejoin="round"/><path d="M12 9v5.5" stroke="currentColor" stroke-width="2.4" stroke-linecap="round"/><circle cx="12" cy="17.4" r="1.4" fill="currentColor"/>`,
  unknown: svg`<circle cx="12" cy="12" r="8.5" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="3.2 2.4"/><path d="M9.6 9.6a2.5 2.5 0 1 1 3.6 2.3c-.9.4-1.2 1-1.2 1.9" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"/><circle cx="12" cy="16.6" r="1.2" fill="currentColor"/>`,
};

/** The symbol of that name; hidden from screen readers because a word always stands beside it. */
export function symbol(name) {
  return html`<svg class="symbol" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${SHAPES[name] ?? SHAPES.unknown}</svg>`;
}
