import type { CeremonyEvent } from '../ceremony/events.ts';
import { describeHolder } from '../ceremony/roster.ts';
import { toWords } from '../codec/words.ts';
import { selfTestSentence } from '../self-test.ts';
import { ruleSentences } from '../site-rules.ts';
import { afterSentence } from './after-sentences.ts';
import { count, inWords } from './amounts.ts';
import { attemptSentence } from './attempt-sentences.ts';
import { closed } from './full-stop.ts';
import { primarySeenWords, promoteSentence } from './promote-sentences.ts';
import { purposeWords, unsealSentence } from './purpose-sentences.ts';
import { tokenSentence } from './token-sentences.ts';
import { doorSentence, waySentence } from './way-sentences.ts';
import { utcMoment } from './instants.ts';

export { closed, primarySeenWords };

/** One event of the record as one or two plain sentences. What was typed by people is quoted as it is. */
export function sentenceOf(event: CeremonyEvent): string {
  switch (event.type) {
    case 'ceremony.opened':
      return `The ceremony was opened for ${event.cluster.name} (${event.cluster.kind === 'practice' ? 'practice' : 'real'})${purposeWords[event.purpose]}, with ${event.keychain === 'os' ? "the system's keychain" : 'secrets in memory only'}.`;
    case 'script.adopted':
      return `The ceremony follows the script “${event.script.title}”${siteSteps(event.script.siteSteps.length)}. Its SHA-256 is ${event.hash}.`;
    case 'cluster.changed':
      return `The description of ${event.cluster.name} was changed: ${count(event.cluster.nodes.length, 'node')}, ${event.cluster.pins ? 'pinned' : 'not pinned'}.`;
    case 'preflight.checked':
      return preflightSentence(event);
    case 'roster.set':
      return rosterSentence(event.roster);

    case 'way.chosen':
    case 'way.refused':
    case 'batch-token.armed':
      return closed(waySentence(event));
    case 'door.opened':
    case 'door.probed':
    case 'door.put-off':
    case 'door.closed':
    case 'door.vouched':
      return closed(doorSentence(event));

    case 'primary.seen':
    case 'primary.demote.intended':
    case 'primary.demote.accepted':
    case 'primary.demote.failed':
    case 'primary.demote.unknown':
    case 'primary.snapshot.kept':
    case 'primary.demoted':
    case 'fencing.stated':
    case 'promote.intended':
    case 'promote.accepted':
    case 'promote.refused':
    case 'promote.unknown':
    case 'watch.observed':
    case 'promoted':
    case 'primary.alarm':
    case 'primary.alarm.over':
      return promoteSentence(event);

    case 'certificate.trusted':
      return trustSentence(event);

    case 'found.claimed':
    case 'attempt.joined':
    case 'attempt.start.intended':
    case 'attempt.started':
    case 'attempt.start.failed':
    case 'otp.shown':
    case 'token.encoded.shown':
    case 'token.encoded.exported':
    case 'otp.restored':
    case 'nonce.confirmed':
    case 'invitation.made':
    case 'share.intended':
    case 'share.accepted':
    case 'share.refused':
    case 'share.not-counted':
    case 'share.unknown':
    case 'share.elsewhere':
    case 'share.elsewhere.named':
    case 'round.failed':
    case 'attempt.superseded':
    case 'attempt.gone':
    case 'attempt.returned':
    case 'attempt.key-differs':
    case 'attempt.cancel.intended':
    case 'attempt.cancel.failed':
    case 'attempt.cancelled':
    case 'found.cancel.intended':
    case 'found.cancel.failed':
    case 'found.cancelled':
      return attemptSentence(event);

    case 'pin.set':
      return `${event.person} set a PIN for Promote. Its hash is kept in the keychain.`;
    case 'pin.refused':
      return `A PIN entered for ${event.person} was not the one set at roster.`;
    case 'signing-key.set':
      return `${event.person} set an OpenPGP key for Promote. Its fingerprint is ${event.fingerprint}: ${toWords(event.fingerprint).join(' ')}.`;
    case 'signature.refused':
      return `A signature brought for ${event.person} did not fit what was to be signed.`;
    case 'check.done':
      return `${event.by} did the required check “${event.id}”.`;
    case 'check.set-aside':
      return `A deviation from the script: the required check “${event.id}” was set aside. Why: ${closed(event.why)} ${event.agreedBy} agreed.`;
    case 'step.signed-off':
      return `${event.by} signed off the step “${event.step}”. Asked: ${closed(event.challenge)} Answered: ${closed(event.response)}`;

    case 'token.encoded.kept':
    case 'token.encoded.taken':
    case 'token.decode.failed':
    case 'token.decoded':
    case 'token.delete.intended':
    case 'token.delete.failed':
    case 'token.deleted':
    case 'token.shown':
    case 'token.stored':
    case 'token.left':
    case 'token.lost':
      return tokenSentence(event);

    case 'unseal.begun':
    case 'unseal.read':
    case 'unseal.share.intended':
    case 'unseal.share.accepted':
    case 'unseal.share.refused':
    case 'unseal.share.unknown':
    case 'unseal.round.failed':
    case 'unseal.done':
    case 'unseal.reset.intended':
    case 'unseal.reset.done':
    case 'unseal.reset.failed':
    case 'unseal.waived':
      return closed(unsealSentence(event));

    case 'self-test.recorded':
      return selfTestSentence(event);
    case 'after.opened':
    case 'after.checked':
    case 'after.settled':
    case 'after.call.intended':
    case 'after.call.accepted':
    case 'after.call.failed':
    case 'after.call.unknown':
    case 'after.snapshot.kept':
      return closed(afterSentence(event));

    case 'note.added':
      return `${event.by} noted: ${closed(event.note)}`;
    case 'deviation.recorded':
      return `A deviation from the script: ${closed(event.what)} Why: ${closed(event.why)} ${event.agreedBy} agreed.${event.rule ? ` It sets this rule aside: ${ruleSentences[event.rule]}` : ''}`;
    case 'interrupted':
      return event.what === 'clock-changed' ? clockSentence(event.ms) : interruptions[event.what];
    case 'resumed':
      return event.tornBytes
        ? `The ceremony was taken up again; the last ${count(event.tornBytes, 'byte')} of the journal were cut off and kept aside. ${closed(event.sentence)}`
        : `The ceremony was taken up again. ${closed(event.sentence)}`;
    case 'ceremony.ended':
      return event.left
        ? `${outcomeSentences.left} ${event.left.by} left it: ${closed(event.left.why)}`
        : outcomeSentences[event.outcome];
  }
}

/** How a ceremony ended, as a sentence. */
export const outcomeSentences = {
  closed: 'The ceremony was closed.',
  cancelled: 'The ceremony was cancelled.',
  superseded: 'The ceremony ended because another attempt had taken its place.',
  gone: 'The ceremony ended because the server no longer knew its attempt.',
  abandoned: 'The ceremony was left before the promotion.',
  left: 'The ceremony was left unfinished, with something open on the server.',
} as const;

const interruptions = {
  suspend: 'The computer went to sleep.',
  resume: 'The computer woke up.',
  lock: 'The screen was locked.',
  unlock: 'The screen was unlocked.',
  quit: 'Keyturn was closed.',
  'stopped-safely': 'The ceremony was stopped safely. The attempt stayed open on the server.',
} as const;

const siteSteps = (n: number): string => (n === 0 ? '' : `, with ${count(n, 'step')} of the site`);

const clockSentence = (ms: number | undefined): string =>
  ms === undefined
    ? 'The clock of this computer was changed.'
    : `The clock of this computer was changed: it jumped ${ms < 0 ? 'back' : 'ahead'} by ${inWords(Math.abs(ms))}.`;

type Of<T extends CeremonyEvent['type']> = Extract<CeremonyEvent, { type: T }>;

function preflightSentence({ findings, node, primary }: Of<'preflight.checked'>): string {
  const stops = findings.filter((finding) => finding.level === 'stop').length;
  const open = findings.filter((f) => f.level === 'warning' || f.level === 'unknown').length;
  const found =
    stops > 0
      ? `${count(stops, 'finding')} that ${stops === 1 ? 'stops' : 'stop'} the ceremony`
      : open > 0
        ? `nothing that stops the ceremony, and ${count(open, 'thing')} to look at`
        : 'nothing that stands in the way';
  const leader = node ? ` The attempt belongs on ${node}.` : '';
  return `The preflight found ${found}.${leader} The primary ${primarySeenWords[primary]}.`;
}

function rosterSentence({ operator, witness, holders }: Of<'roster.set'>['roster']): string {
  if (holders.length === 0)
    return `Present: ${operator} (operator)${witness ? `, ${witness} (witness)` : ''}. No key holders: a batch token promotes.`;
  return `Present: ${operator} (operator), ${witness ? `${witness} (witness), ` : ''}${holders.map(describeHolder).join(', ')} (${holders.length === 1 ? 'holder' : 'holders'}).`;
}

function trustSentence({ trusted, subject, until }: Of<'certificate.trusted'>): string {
  const { node, leaf, comparedBy, how } = trusted;
  return `A deviation from the script: ${comparedBy.join(' and ')} trust the expired certificate of ${node} for this ceremony (${subject}, valid until ${utcMoment(until)}, SHA-256 ${leaf}). They compared its fingerprint: ${closed(how)}`;
}
