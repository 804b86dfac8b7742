import { describeHolder } from '../ceremony/roster.ts';
import type { Recorded } from '../ceremony/events.ts';
import { apply } from '../ceremony/fold.ts';
import type { CeremonyState } from '../ceremony/state.ts';
import { DutyWatch } from '../transcript/duties.ts';
import { dutySentence } from '../transcript/report-sentences.ts';
import { scriptSentences, ScriptWatch } from '../transcript/script-watch.ts';
import { count, inWords } from './amounts.ts';
import { utcMoment, utcTime } from './instants.ts';
import { unsealSentence } from './purpose-sentences.ts';
import { closed } from './sentences.ts';
import { gather, type Found } from './summary-found.ts';

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

/** Records of version 0.1.0 say nothing of it: they know the ceremony only. */
const waySays = ({ ways }: Found): readonly string[] =>
  ways.length > 0 ? ways : ['The ceremony: no other way is on this record.'];

function tokenSays({ token, sent }: Found): string {
  const used = sent?.event.credential;
  if (used?.kind === 'batch-token')
    return `Promote went with the batch token “${used.token.label}”. It leaves nothing to delete: it expires${used.token.expiresAt ? ` at ${utcMoment(used.token.expiresAt)}` : ' by itself'}.`;
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
