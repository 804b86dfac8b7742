import { isActivated } from '../../shared/ceremony/aftercare.ts';
import { openDoors } from '../../shared/ceremony/door.ts';
import { demotedHere } from '../../shared/ceremony/fencing.ts';
import { mayDemote } from '../../shared/ceremony/fold-preflight.ts';
import { possible, type CommandName } from '../../shared/ceremony/possible.ts';
import type { CeremonyState, StateIn } from '../../shared/ceremony/state.ts';
import type { WayName } from './messages.ts';
import { ways } from './ways.ts';

/** Everything the people of the matrix do, in the order of a night without trouble. */
export const steps = [
  'enter-token',
  'preflight',
  'no-vault-token',
  'open-door',
  'snapshot',
  'demote-primary',
  'look-at-primary',
  'cancel-found',
  'set-roster',
  'start',
  'arm',
  'give-share',
  'name-elsewhere',
  'recheck',
  'decode',
  'close-door',
  'put-off-door',
  'state-fencing',
  'promote',
  'watch',
  'delete-token',
  'leave-token',
  'waive-snapshot',
  'settle-ports',
  'check-versions',
  'waive-versions',
  'activate',
  'attach',
  'check-follows',
  'end',
  'leave',
] as const;
export type Step = (typeof steps)[number];

/** What people remember from their last steps: nothing that matters survives only here. */
export interface Memory {
  readonly tokenEntered: boolean;
  readonly last: Step | undefined;
  readonly lastFailed: boolean;
  /** How often each step was taken in this run. */
  readonly taken: (step: Step) => number;
}

/**
 * What calm people do next, from what the screen shows alone: the same after a restart as before.
 * Undefined: it is over.
 */
export function decide(name: WayName, state: CeremonyState, memory: Memory): Step | undefined {
  const may = (command: CommandName): boolean => possible(state).includes(command);
  const way = ways[name];
  switch (state.phase) {
    case 'ended':
      return undefined;
    case 'preflight':
    case 'roster':
    case 'ready':
      return before(name, state, memory, may);
    case 'promoting':
      return 'recheck';
    case 'starting':
    case 'collecting':
    case 'gone':
    case 'superseded':
      // It was in memory only, and the server answers nothing about the attempt without it.
      if (way.hasVaultToken && !memory.tokenEntered) return 'enter-token';
      if (state.phase === 'starting') return 'recheck';
      return state.phase === 'collecting' ? collect(state, may) : lost(state, memory);
    case 'complete':
      return memory.lastFailed && memory.last === 'decode' ? 'recheck' : 'decode';
    case 'decoded':
    case 'armed':
      return beforePromote(state, memory, may);
    case 'watching':
      return state.doubt && memory.last === 'watch' ? 'promote' : 'watch';
    case 'aftercare':
      return after(name, state, memory);
    case 'in-hand':
    case 'unsealing':
      throw new Error('No way of promoting leads here.');
  }
}

type May = (command: CommandName) => boolean;

function before(
  name: WayName,
  state: StateIn<'preflight' | 'roster' | 'ready'>,
  memory: Memory,
  may: May,
): Step {
  const way = ways[name];
  if (way.hasVaultToken && !memory.tokenEntered) return 'enter-token';
  if (!state.preflight) return 'preflight';
  if (way.primaryAlive && mayDemote(state) && !demotedHere(state)) return demote(state, memory);
  if (demotedHere(state) && state.preflight.primary === 'answers-as-active') return 'preflight';
  if (state.preflight.found && memory.last !== 'cancel-found' && may('cancel-found'))
    return 'cancel-found';
  // A call that failed: look again before it is tried again.
  if (memory.lastFailed && memory.last !== 'preflight') return 'preflight';
  if (state.phase === 'roster') return 'set-roster';
  if (state.phase === 'ready') return state.way?.way === 'batch-token' ? 'arm' : 'start';
  if (memory.last === 'preflight' || memory.last === 'no-vault-token') {
    if (!way.hasVaultToken && may('no-vault-token')) return 'no-vault-token';
    if (state.way?.way === 'break-glass') return 'open-door';
  }
  return 'preflight';
}

function demote(state: CeremonyState, { last, lastFailed, taken }: Memory): Step {
  const { demotion, primary, snapshot } = state;
  if (!demotion || demotion.outcome === 'failed') {
    if (primary?.seen !== 'answers-as-active' || (last === 'snapshot' && lastFailed))
      return 'preflight';
    // It can be taken only before the demotion.
    return snapshot || taken('snapshot') > 2 ? 'demote-primary' : 'snapshot';
  }
  const stillActive = last === 'look-at-primary' && primary?.seen === 'answers-as-active';
  return stillActive && taken('look-at-primary') > 3 ? 'demote-primary' : 'look-at-primary';
}

function collect({ attempt }: StateIn<'collecting'>, may: May): Step {
  if (attempt.cancelling || attempt.pending) return 'recheck';
  return may('name-elsewhere') ? 'name-elsewhere' : 'give-share';
}

/** Our attempt is not there: look once more, and then begin again. */
function lost(state: StateIn<'gone' | 'superseded'>, { last, lastFailed }: Memory): Step {
  if (last === 'cancel-found') return 'start';
  if (last !== 'recheck') return 'recheck';
  return state.phase === 'superseded' && !lastFailed ? 'cancel-found' : 'start';
}

function beforePromote(
  state: StateIn<'decoded' | 'armed'>,
  { taken }: Memory,
  may: May,
): Step | undefined {
  if (state.phase === 'decoded') {
    const { kind } = state.token.fate;
    if (kind === 'deleting') return 'recheck';
    if (kind !== 'kept' && kind !== 'not-deleted') return 'end';
  }
  if (openDoors(state).length > 0 && state.door?.putOff === undefined && may('close-door'))
    return taken('close-door') < 3 ? 'close-door' : 'put-off-door';
  const active = state.primary?.seen === 'answers-as-active';
  if (active && !state.fencing?.reason) return 'state-fencing';
  return state.fencing || demotedHere(state) ? 'promote' : 'state-fencing';
}

function after(name: WayName, state: StateIn<'aftercare'>, memory: Memory): Step {
  if (!state.after) return 'recheck';
  if ('token' in state) {
    const { kind } = state.token.fate;
    if (kind === 'deleting') return 'recheck';
    if (kind === 'kept' || kind === 'not-deleted')
      return memory.taken('delete-token') < 2 ? 'delete-token' : 'leave-token';
  }
  return ways[name].primaryAlive ? reattach(state.after, memory) : 'end';
}

function reattach(
  after: NonNullable<StateIn<'aftercare'>['after']>,
  { last, lastFailed, taken }: Memory,
): Step {
  const open = (id: string): boolean =>
    after.items.some((item) => item.id === id && item.status === 'open');
  if (open('snapshot')) return 'waive-snapshot';
  if (open('ports')) return 'settle-ports';
  if (open('versions')) return taken('check-versions') < 3 ? 'check-versions' : 'waive-versions';
  if (!open('follows')) return 'end';
  if (after.calls.attach?.outcome === 'unknown' && taken('check-follows') < 2)
    return 'check-follows';
  if (taken('attach') > 3) return 'end';
  // The activation token is kept in memory only: where it is gone, another one is asked for.
  return isActivated(after) && !(last === 'attach' && lastFailed) ? 'attach' : 'activate';
}
