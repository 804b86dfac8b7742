import {
  callUnderWay,
  itemsFor,
  type Aftercare,
  type AfterCall,
  type AfterItemId,
} from '../../shared/ceremony/aftercare.ts';
import type { EventOf } from '../../shared/ceremony/events.ts';
import { demotedHere } from '../../shared/ceremony/fencing.ts';
import type { StateIn } from '../../shared/ceremony/state.ts';
import { Trouble, type Problem } from '../../shared/problem.ts';
import { callWords } from '../../shared/report/after-sentences.ts';
import { ruleTrouble } from '../ceremony/ceremony-log.ts';
import { withConnection, type Room } from '../ceremony/room.ts';
import { readings } from './aftercare-readings.ts';

/** Which items apply to this failover: written right after `promoted`. */
export function afterOpened(room: Room): EventOf<'after.opened'> {
  const performance = room
    .site()
    .others.filter(({ role }) => role === 'performance-secondary')
    .map(({ name }) => name);
  const items = itemsFor(demotedHere(room.log.state), performance.length);
  return { type: 'after.opened', items, performance };
}

/**
 * Reads the servers for one item and writes what they show.
 *
 * @throws Trouble `rule.not-now` for an item that no reading shows, `journal.*`.
 */
export async function checkAfter(room: Room, item: AfterItemId): Promise<void> {
  const { shown } = await lookAt(room, item);
  await room.log.append({ type: 'after.checked', item, ...shown });
}

/** The same, for a reading that is repeated: only what changed is written. @returns whether it is done. */
export async function checkAgain(room: Room, item: AfterItemId): Promise<boolean> {
  const { shown, before } = await lookAt(room, item);
  if (shown.says !== before?.says || shown.ok !== (before.status === 'done'))
    await room.log.append({ type: 'after.checked', item, ...shown });
  return shown.ok;
}

async function lookAt(room: Room, item: AfterItemId) {
  const { state, after } = openedIn(room);
  const reading = readings[item];
  if (!reading) throw ruleTrouble('No reading shows this item.');
  const shown = await withConnection(room, (connection) => reading(room, state, connection), {
    timeoutMs: 8_000,
  });
  return { shown, before: after.items.find(({ id }) => id === item) };
}

/**
 * After a restart: a call whose outcome is missing is called unknown and is not sent again; what it
 * was to bring about is read.
 *
 * @returns what was found, in a sentence; empty where nothing was open.
 */
export async function recheckAfter(room: Room): Promise<string> {
  // A watch that has just seen the promotion writes the checklist right behind it.
  await room.log.settled();
  const { state } = room.log;
  if (state.phase !== 'aftercare') return '';
  // The app may have ended between the promotion and its checklist.
  if (!state.after) await room.log.append(afterOpened(room));
  const pending = callUnderWay(openedIn(room).after);
  if (pending)
    await room.log.append({ type: 'after.call.unknown', call: pending, problem: lost(pending) });
  const unclear = openedIn(room).after;
  const sentences: string[] = [];
  for (const [call, item] of shownBy) {
    if (unclear.calls[call]?.outcome !== 'unknown') continue;
    if (!item) {
      sentences.push(
        'An activation token may have been issued, and nobody has it. It expires by itself: ask for another one.',
      );
      continue;
    }
    if (unclear.items.some(({ id, status }) => id === item && status !== 'open')) continue;
    await checkAfter(room, item);
    const now = openedIn(room).after.items.find(({ id }) => id === item);
    sentences.push(now?.says ?? '');
  }
  return sentences.join(' ').trim();
}

/** The checklist and the state it is in. @throws Trouble `rule.not-now` before the promotion. */
export function openedIn(room: Room): {
  readonly state: StateIn<'aftercare'>;
  readonly after: Aftercare;
} {
  const state = room.log.in('aftercare');
  if (!state.after) throw ruleTrouble('The checklist is not open.');
  return { state, after: state.after };
}

/** The old primary must be one of ours: a stranger's cluster is neither demoted nor attached. */
export const notOurs = (address: string, shown: string | undefined, ours: string | undefined) =>
  new Trouble({
    code: 'profile.pin-mismatch',
    known: `${address} does not show itself as the old primary of this cluster: it reports cluster id ${shown ?? 'none'}, and this cluster’s is ${ours ?? 'not known'}.`,
    safe: 'Nothing was sent to it.',
    next: 'Check the primary’s addresses in the profile, and which cluster answers there.',
  });

/** Which item shows whether a call was carried out. */
const shownBy: readonly (readonly [AfterCall, AfterItemId | undefined])[] = [
  ['demote', 'demoted'],
  ['activate', undefined],
  ['attach', 'follows'],
  ['follow', 'performance'],
];

const lost = (call: AfterCall): Problem => ({
  code: 'ceremony.outcome-unknown',
  known: `${callWords[call]} was about to be sent when Keyturn ended, and no reply is on record.`,
  safe: 'It is not sent again by itself.',
  next: 'The servers are read: they show whether it was carried out.',
});
