import { describeHolder } from '../ceremony/roster.ts';
import type { DoorEvent } from '../ceremony/door.ts';
import type { CeremonyEvent, EventOf, Recorded } from '../ceremony/events.ts';
import { apply } from '../ceremony/fold.ts';
import type { CeremonyState } from '../ceremony/state.ts';
import { DutyWatch } from '../transcript/duties.ts';
import { dutySentence } from '../transcript/report-sentences.ts';
import { scriptSentences, ScriptWatch } from '../transcript/script-watch.ts';
import { count, inWords } from './amounts.ts';
import { utcTime } from './instants.ts';
import { unsealSentence } from './purpose-sentences.ts';
import { closed, sentenceOf } from './sentences.ts';

/** One row of the first page: what is asked, and one or more sentences that answer it. */
export interface Fact {
  readonly name: string;
  readonly says: readonly string[];
}

/** What a manager asks of a ceremony, answered from its lines; nothing that they do not say. */
export function summaryOf(records: readonly Recorded[]): readonly Fact[] {
  const found = gather(records);
  const opened = records[0]?.event;
  if (opened?.type === 'ceremony.opened' && opened.purpose !== 'dr-operation-token')
    return withoutFailover(opened.purpose, found, records);
  return [
    { name: 'Who', says: whoSays(found) },
    { name: 'Way', says: waySays(found) },
    { name: 'Shares', says: sharesSay(found) },
    { name: 'Old primary', says: [found.fencing ?? 'No statement of how it is kept away.'] },
    { name: 'Promotion', says: promotionSays(found) },
    { name: 'Vault unavailable', says: outageSays(found) },
    { name: 'The token', says: [tokenSays(found)] },
    ...(found.door.length > 0 ? [{ name: 'The door', says: found.door }] : []),
    { name: 'Duties', says: dutiesSay(records) },
    { name: 'Script', says: [scriptSays(records)] },
    { name: 'Also recorded', says: [alsoSays(found)] },
  ];
}

/** A root token or unsealing: nothing is promoted, and nothing is asked of another cluster. */
const withoutFailover = (
  purpose: 'root-token' | 'unseal',
  found: Found,
  records: readonly Recorded[],
): readonly Fact[] => [
  { name: 'Who', says: whoSays(found) },
  ...(purpose === 'unseal'
    ? [{ name: 'Nodes', says: nodesSay(records) }]
    : [
        { name: 'Shares', says: sharesSay(found) },
        { name: 'The token', says: [tokenSays(found)] },
      ]),
  { name: 'Duties', says: dutiesSay(records) },
  { name: 'Script', says: [scriptSays(records)] },
  { name: 'Also recorded', says: [alsoSays(found)] },
];

/** What each node said last. */
function nodesSay(records: readonly Recorded[]): readonly string[] {
  const last = new Map<string, string>();
  for (const { event } of records) {
    switch (event.type) {
      case 'unseal.begun':
        for (const reading of event.nodes)
          last.set(reading.node, unsealSentence({ type: 'unseal.read', reading }));
        break;
      case 'unseal.read':
        last.set(event.reading.node, unsealSentence(event));
        break;
      case 'unseal.done':
      case 'unseal.waived':
        last.set(event.node, unsealSentence(event));
        break;
      default:
    }
  }
  return last.size === 0 ? ['No share was given.'] : [...last.values()].map(closed);
}

interface Found {
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

function gather(records: readonly Recorded[]): Found {
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

/** Records of version 0.1.0 say nothing of it: they know the ceremony only. */
const waySays = ({ ways }: Found): readonly string[] =>
  ways.length > 0 ? ways : ['The ceremony: no other way is on this record.'];

function tokenSays({ token, sent }: Found): string {
  const used = sent?.event.credential;
  if (used?.kind === 'batch-token')
    return `Promote went with the batch token “${used.token.label}”. It leaves nothing to delete: it expires${used.token.expiresAt ? ` at ${used.token.expiresAt}` : ' by itself'}.`;
  return token ?? 'No token was made in this ceremony.';
}

function whoSays({ roster, sent }: Found): readonly string[] {
  if (!roster) return ['The people were not named.'];
  const says = [
    `Operator: ${roster.operator}`,
    `Witness: ${roster.witness ?? 'none named'}`,
    `Key holders: ${roster.holders.length === 0 ? 'none were needed' : roster.holders.map(describeHolder).join(', ')}`,
  ];
  if (sent)
    says.push(
      `Second person at Promote: ${sent.event.secondPerson} (${sent.event.secondPersonProof})`,
    );
  return says;
}

function sharesSay({ required, shares, failedRounds }: Found): readonly string[] {
  if (required === undefined) return ['No attempt was started.'];
  const from = shares.length === 0 ? '' : `: ${shares.join(', ')}`;
  const says = [closed(`${shares.length} of ${required} counted${from}`)];
  if (failedRounds > 0)
    says.push(
      `${count(failedRounds, 'round')} before ${failedRounds === 1 ? 'it' : 'them'} did not combine.`,
    );
  return says;
}

function promotionSays({ sent, timesSent, promoted }: Found): readonly string[] {
  if (!sent) return ['Promote was not sent.'];
  const again = timesSent > 1 ? ` It was sent ${timesSent} times.` : '';
  const forced = sent.event.force ? ', with force' : '';
  const says = [`Sent at ${utcTime(sent.at)} by ${sent.event.operator}${forced}.${again}`];
  says.push(
    promoted
      ? `${promoted.event.node} answered as the active node of a primary at ${utcTime(promoted.at)}.`
      : 'No node was seen to answer as the active node of a primary.',
  );
  return says;
}

/** Only what was measured: when the old primary was lost, nobody here can know. */
function outageSays({ promoted, openedAt }: Found): readonly string[] {
  if (!promoted || openedAt === undefined)
    return ['Not known: the promotion was not seen to its end.'];
  const sinceOpened = Date.parse(promoted.at) - Date.parse(openedAt);
  return [
    `${inWords(promoted.event.afterMs)}, from the moment promote was sent until the new primary answered.`,
    `${inWords(sinceOpened)}, from the opening of this ceremony. When the old primary was lost is not on this record.`,
  ];
}

function alsoSays({ notes, interruptions, alarms }: Found): string {
  const counts = `${count(notes, 'note')}, ${count(interruptions, 'interruption')}.`;
  return alarms > 0
    ? `${counts} The old primary was seen to answer as active after the promotion.`
    : counts;
}

/** Only what was not kept is named: the page is one page. */
function dutiesSay(records: readonly Recorded[]): readonly string[] {
  const watch = new DutyWatch();
  for (const { seq, event } of records) watch.take(seq, event);
  const broken = watch.result().filter(({ met }) => met === 'no');
  if (broken.length === 0) return ['Every rule was kept that there was something to judge by.'];
  return broken.map((duty) => `Not kept: ${dutySentence(duty)}`).map(closed);
}

function scriptSays(records: readonly Recorded[]): string {
  const watch = new ScriptWatch();
  let state: CeremonyState | undefined;
  for (const record of records) {
    const step = apply(state, record);
    if (step.ok) state = step.state;
    watch.take(record.event, state);
  }
  return scriptSentences(watch.result()).join(' ');
}
