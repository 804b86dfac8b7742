import type { DoorEvent } from '../ceremony/door.ts';
import type { CeremonyEvent, EventOf, Recorded } from '../ceremony/events.ts';
import { sentenceOf } from './sentences.ts';

/** What a summary says anything of, as the lines of a record leave it. */
export interface Found {
  openedAt: string | undefined;
  roster: EventOf<'roster.set'>['roster'] | undefined;
  required: number | undefined;
  /** Who gave a share that counted towards the token, in order; of the last round only. */
  shares: string[];
  failedRounds: number;
  fencing: string | undefined;
  sent: { at: string; event: EventOf<'promote.intended'> } | undefined;
  timesSent: number;
  promoted: { at: string; event: EventOf<'promoted'> } | undefined;
  token: string | undefined;
  ways: string[];
  /** The last thing said of the door, and of each node of it. */
  door: string[];
  notes: number;
  interruptions: number;
  alarms: number;
}

/** Reads a record once, from its first line to its last. */
export function gather(records: readonly Recorded[]): Found {
  const found: Found = {
    openedAt: records[0]?.at,
    roster: undefined,
    required: undefined,
    shares: [],
    failedRounds: 0,
    fencing: undefined,
    sent: undefined,
    timesSent: 0,
    promoted: undefined,
    token: undefined,
    ways: [],
    door: [],
    notes: 0,
    interruptions: 0,
    alarms: 0,
  };
  let pending: string | undefined;
  for (const { at, event } of records) {
    switch (event.type) {
      case 'roster.set':
        found.roster = event.roster;
        break;
      case 'attempt.started':
      case 'attempt.joined':
        found.required = event.required;
        found.shares = [];
        found.failedRounds = 0;
        break;
      case 'round.failed':
        found.failedRounds += 1;
        found.shares = [];
        break;
      case 'share.intended':
        pending = event.holder;
        break;
      case 'share.accepted':
      case 'token.encoded.kept':
        if (pending !== undefined) found.shares.push(pending);
        pending = undefined;
        break;
      case 'token.encoded.taken':
        found.shares.push(`${event.from} (elsewhere)`);
        pending = undefined;
        break;
      case 'share.elsewhere.named':
        found.shares.push(`${event.holder ?? 'a holder who was not named'} (elsewhere)`);
        break;
      case 'fencing.stated':
        found.fencing = sentenceOf(event);
        break;
      case 'promote.intended':
        found.timesSent += 1;
        found.sent ??= { at, event };
        break;
      case 'promoted':
        found.promoted = { at, event };
        break;
      default:
        takeRest(found, event);
    }
  }
  return found;
}

function takeRest(found: Found, event: CeremonyEvent): void {
  switch (event.type) {
    case 'way.chosen':
    case 'way.refused':
      found.ways.push(sentenceOf(event));
      break;
    case 'door.opened':
    case 'door.put-off':
    case 'door.closed':
    case 'door.probed':
    case 'door.vouched':
      takeDoor(found, event);
      break;
    case 'token.decoded':
      found.token = 'It was decoded. What became of it is not on the record.';
      break;
    case 'token.shown':
    case 'token.stored':
    case 'token.deleted':
    case 'token.left':
    case 'token.lost':
      found.token = sentenceOf(event);
      break;
    case 'note.added':
      found.notes += 1;
      break;
    case 'interrupted':
      found.interruptions += 1;
      break;
    case 'primary.alarm':
      found.alarms += 1;
      break;
    default:
  }
}

/** What was said before an opening or a closing no longer counts. */
function takeDoor(found: Found, event: DoorEvent): void {
  const says = sentenceOf(event);
  switch (event.type) {
    case 'door.opened':
    case 'door.closed':
      found.door = [says];
      break;
    case 'door.probed':
      found.door = [...found.door.filter((line) => !line.includes(` ${event.node} `)), says];
      break;
    case 'door.put-off':
    case 'door.vouched':
      found.door = [...found.door, says];
      break;
  }
}
