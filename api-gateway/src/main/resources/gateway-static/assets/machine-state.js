// States of a machine after PackML (ISA-TR88.00.02), by their number in the PackTags: name, symbol
// and whether the state calls for attention. Colour is given to 'warn' and 'fault' only.

const state = (name, symbol, level, group) => ({ name, symbol, level, group });

const STATES = new Map([
  [1, state('Clearing', 'step', 'fault', 'Faulted')],
  [2, state('Stopped', 'stop', 'warn', 'Stopped')],
  [3, state('Starting', 'step', 'normal', 'Running')],
  [4, state('Idle', 'idle', 'quiet', 'Waiting')],
  [5, state('Suspended', 'wait', 'quiet', 'Waiting')],
  [6, state('Execute', 'run', 'normal', 'Running')],
  [7, state('Stopping', 'step', 'warn', 'Stopped')],
  [8, state('Aborting', 'fault', 'fault', 'Faulted')],
  [9, state('Aborted', 'fault', 'fault', 'Faulted')],
  [10, state('Holding', 'step', 'warn', 'Stopped')],
  [11, state('Held', 'hold', 'warn', 'Stopped')],
  [12, state('Unholding', 'step', 'normal', 'Running')],
  [13, state('Suspending', 'wait', 'quiet', 'Waiting')],
  [14, state('Unsuspending', 'step', 'normal', 'Running')],
  [15, state('Resetting', 'step', 'quiet', 'Waiting')],
  [16, state('Completing', 'step', 'normal', 'Running')],
  [17, state('Complete', 'done', 'quiet', 'Waiting')],
]);

const NO_DATA = state('No data', 'unknown', 'none', 'No data');

/** Groups of the summary, in its order. */
export const GROUPS = [
  { name: 'Running', symbol: 'run', level: 'normal' },
  { name: 'Waiting', symbol: 'wait', level: 'normal' },
  { name: 'Stopped', symbol: 'hold', level: 'warn' },
  { name: 'Faulted', symbol: 'fault', level: 'fault' },
  { name: 'No data', symbol: 'unknown', level: 'none' },
];

/** What to show for a state's number; null stands for a machine of which nothing is known now. */
export function stateOf(number) {
  if (number === null || number === undefined) {
    return NO_DATA;
  }
  return STATES.get(Number(number)) ?? state(`State ${number}`, 'unknown', 'warn', 'No data');
}
