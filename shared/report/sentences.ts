import type { CeremonyEvent, EventOf } from '../ceremony/events.ts';
import type { PrimarySeen } from '../ceremony/findings.ts';
import { describeHolder } from '../ceremony/roster.ts';
import { groupedFingerprint, type PgpKeySource } from '../pgp/key.ts';
import { toWords } from '../codec/words.ts';
import { selfTestSentence } from '../self-test.ts';
import { ruleSentences } from '../site-rules.ts';
import { afterSentence } from './after-sentences.ts';
import { count, inWords } from './amounts.ts';
import { utcDay, utcTime } from './instants.ts';
import { purposeWords, unsealSentence } from './purpose-sentences.ts';
import { doorSentence, waySentence } from './way-sentences.ts';

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
      return `The primary was looked at again: it ${primarySeenWords[event.primary]}.`;
    case 'primary.demote.intended':
      return `The old primary is about to be demoted at ${event.node} by ${event.by}, with ${event.secondPerson} as the second person (name typed, not authenticated).`;
    case 'primary.demote.accepted':
      return event.warnings.length === 0
        ? 'The old primary accepted the demotion.'
        : `The old primary accepted the demotion, with a warning: ${event.warnings.map(closed).join(' ')}`;
    case 'primary.demote.failed':
      return `The old primary was not demoted: ${closed(event.problem.known)}`;
    case 'primary.demote.unknown':
      return `Whether the old primary accepted the demotion is not known: ${closed(event.problem.known)}`;
    case 'primary.demoted':
      return `The old primary was read at ${event.node}, and its DR mode is “${event.mode}”: it was demoted.`;
    case 'certificate.trusted':
      return trustSentence(event);
    case 'found.claimed': {
      const { nonce, owner, holds, voice, by } = event.claim;
      return `${by} confirmed by voice that the attempt found on the server (nonce ${nonce}) is ${owner}’s, who holds its ${holds === 'otp' ? 'OTP' : 'PGP key'}: ${closed(voice)}`;
    }
    case 'attempt.joined': {
      const { nonce, owner, holds } = event.claim;
      return `The attempt of ${owner}, who holds its ${holds === 'otp' ? 'OTP' : 'PGP key'}, is gone on with here. Its nonce is ${nonce}; ${count(event.progress, 'share')} of ${event.required} had been given.`;
    }

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

    case 'attempt.start.intended':
      return event.key
        ? `An attempt is about to be started on ${event.node}. Its token is to be encrypted to the OpenPGP key ${groupedFingerprint(event.key.fingerprint)} (${keySource[event.key.from]}).`
        : `An attempt is about to be started on ${event.node}.`;
    case 'attempt.started':
      return `The attempt was started. Its nonce is ${event.nonce}, and ${count(event.required, 'share')} complete it.`;
    case 'attempt.start.failed':
      return event.mayHaveArrived
        ? `The attempt may or may not have been started: ${closed(event.problem.known)}`
        : `The attempt was not started: ${closed(event.problem.known)}`;
    case 'otp.shown':
      return `The OTP was shown to ${event.to} for writing down. ${event.agreedBy} agreed.`;
    case 'token.encoded.shown':
      return `The encoded token of the joined attempt was shown to ${event.to}. ${event.agreedBy} agreed.`;
    case 'token.encoded.exported':
      return `The encoded token was made ready for ${event.to}, as codes and as a file. Only the attempt’s key reads it.`;
    case 'otp.restored':
      return `${event.by} entered the OTP again as it was written down.`;
    case 'nonce.confirmed':
      return `${event.holder} confirmed the nonce words.`;

    case 'invitation.made':
      return `An invitation for holders elsewhere was made; it stands until ${utcTime(event.expiresAt)} on ${utcDay(event.expiresAt)}. Shares are sealed to the key ${event.sealTo}.`;

    case 'share.intended':
      if (event.sealed)
        return `The share that ${event.holder} sealed was opened and is about to be sent. The progress before it is ${event.progressBefore}.`;
      if (event.openedWith)
        return `The share of ${event.holder} came encrypted, was opened with ${event.openedWith === 'gpg' ? 'gpg' : 'a key file'} and is about to be sent. The progress before it is ${event.progressBefore}.`;
      return `The share of ${event.holder} is about to be sent. The progress before it is ${event.progressBefore}.`;
    case 'share.accepted':
      return shareAccepted(event);
    case 'share.refused':
      return `The share was not taken: ${closed(event.problem.known)}`;
    case 'share.not-counted':
      return 'The share was not counted. It can be given again.';
    case 'share.unknown':
      return `Whether the share was counted is not known: ${closed(event.problem.known)}`;
    case 'share.elsewhere': {
      const more = event.to - event.from;
      return `${more === 1 ? 'A share was' : `${more} shares were`} given elsewhere: the progress went from ${event.from} to ${event.to}.`;
    }
    case 'share.elsewhere.named':
      return `${event.by} named the share given elsewhere: ${event.holder ?? 'holder not known'}, ${closed(event.means)}`;
    case 'round.failed':
      return `The shares of this round did not combine, and every share is given again: ${closed(event.problem.known)}`;

    case 'attempt.superseded':
      return `Another attempt was found on the server, with the nonce ${event.otherNonce}.`;
    case 'attempt.gone':
      return event.tokenMayExist
        ? 'The server knows no attempt any more. A token that nobody can read may exist.'
        : 'The server knows no attempt any more.';
    case 'attempt.returned':
      return `The same attempt is back on the server, with a progress of ${event.progress}.`;
    case 'attempt.key-differs':
      return closed(event.problem.known);
    case 'attempt.cancel.intended':
      return 'The attempt is about to be cancelled on the server.';
    case 'attempt.cancel.failed':
      return `The attempt was not cancelled: ${closed(event.problem.known)}`;
    case 'attempt.cancelled':
      return 'The attempt was cancelled on the server.';

    case 'found.cancel.intended':
      return `The attempt found on the server, with the nonce ${event.nonce}, is about to be cancelled by ${closed(event.by)} Why: ${closed(event.why)}`;
    case 'found.cancel.failed':
      return `The attempt found on the server was not cancelled: ${closed(event.problem.known)}`;
    case 'found.cancelled':
      return `The attempt found on the server, with the nonce ${event.nonce}, was cancelled by ${closed(event.by)} Why: ${closed(event.why)}`;

    case 'token.encoded.kept':
      return `The encoded token was received with share ${event.progress} of ${event.required}, and kept.`;
    case 'token.encoded.taken':
      return `The last share was given elsewhere, by ${event.from}; the encoded token came from that laptop, sealed, and was kept.`;
    case 'token.decode.failed':
      return `The encoded token was not decoded: ${closed(event.problem.known)}`;
    case 'token.decoded':
      return decodedSentence(event);
    case 'token.delete.intended':
      return `The token is about to be deleted ${wayOf[event.how]}, on ${event.node}.`;
    case 'token.delete.failed':
      return `The token was not deleted ${wayOf[event.how]}: ${closed(event.problem.known)}`;
    case 'token.deleted':
      return `The token was deleted ${wayOf[event.how]}. Proof: ${closed(event.proof)}`;
    case 'token.shown':
      return `The root token was shown to ${event.to}. ${event.agreedBy} agreed.`;
    case 'token.stored':
      return `The root token stays in the keychain. ${event.owner} revokes it by ${event.until}. Why it is kept: ${closed(event.why)}`;
    case 'token.left':
      return `The token was not deleted: ${closed(event.why)} ${event.owner} deletes it.`;
    case 'token.lost':
      return `The token can no longer be read, and it was not deleted: ${closed(event.why)}`;

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

    case 'fencing.stated':
      return fencingSentence(event.fencing);
    case 'promote.intended':
      return promoteSentence(event);
    case 'promote.accepted':
      return event.warnings.length === 0
        ? 'Vault accepted the promotion.'
        : `Vault accepted the promotion, with a warning: ${event.warnings.map(closed).join(' ')}`;
    case 'promote.refused':
      return `Vault did not accept the promotion: ${closed(event.problem.known)}`;
    case 'promote.unknown':
      return `Whether Vault accepted the promotion is not known: ${closed(event.problem.known)}`;
    case 'watch.observed':
      return `${event.node}: ${closed(event.says)}`;
    case 'promoted':
      return `${event.node} answers as the active node of a primary, ${inWords(event.afterMs)} after promote was sent.`;
    case 'primary.alarm':
      return `The old primary answers as active at ${event.node}. Two primaries are active.`;
    case 'primary.alarm.over':
      return `The alarm of two primaries is over: the one at ${event.node} ${primarySeenWords[event.primary]} now.`;

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

/** What is seen of the primary from here, as the end of "the primary …". */
export const primarySeenWords: Readonly<Record<PrimarySeen, string>> = {
  'answers-as-active': 'answers as active',
  'not-visible': 'is not visible from here',
  'answers-otherwise': 'answers, and not as active',
  'none-known': 'has no known address',
};

/** A text with a full stop where it has none: after its last word, inside or outside of quotation marks. */
export const closed = (text: string): string =>
  /[.!?…]["'”’)\]]*\s*$/.test(text) ? text.trimEnd() : `${text.trimEnd()}.`;

function decodedSentence({ doubts, with: opener, elsewhere }: EventOf<'token.decoded'>): string {
  const where = elsewhere ? ` by ${elsewhere.by} on another laptop, and came back sealed` : '';
  const decoded = `The token was decoded${opener ? ` (${opener})` : ''}${where}`;
  return doubts.length === 0
    ? `${decoded}.`
    : `${decoded}, with a doubt: ${doubts.map(doubtWords).join('; ')}.`;
}

/** What made a decoded token look wrong (`Doubt` in shared/codec/otp.ts), as the end of "with a doubt: …". */
const doubtWords = (doubt: string): string => {
  switch (doubt) {
    case 'not-printable':
      return 'it holds characters that no token is known to have';
    case 'unknown-prefix':
      return 'it does not begin as tokens are known to begin';
    default:
      return 'it looks unlike a token in a way that this version has no words for';
  }
};

const wayOf = {
  'delete-endpoint': 'through its delete endpoint',
  'revoke-self': 'by revoking itself',
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
  return `A deviation from the script: ${comparedBy.join(' and ')} trust the expired certificate of ${node} for this ceremony (${subject}, valid until ${until}, SHA-256 ${leaf}). They compared its fingerprint: ${closed(how)}`;
}

function shareAccepted({ progress, shownBy }: Of<'share.accepted'>): string {
  switch (shownBy) {
    case 'reply':
      return `The share was counted. The progress is ${progress}.`;
    case 'status':
      return `The share was counted: the reply was lost, and the progress of ${progress} shows it.`;
    case 'duplicate':
      return `Vault had the share already. The progress is ${progress}.`;
  }
}

function fencingSentence({ how, confirmedBy, primary, reason }: Of<'fencing.stated'>['fencing']) {
  const why = reason ? ` Why promote all the same: ${closed(reason)}` : '';
  return `${confirmedBy} confirmed how the old primary is kept away: ${closed(how)} The primary ${primarySeenWords[primary]}.${why}`;
}

function promoteSentence({
  server,
  operator,
  secondPerson,
  secondPersonProof,
  agreed,
  force,
  credential,
}: Of<'promote.intended'>): string {
  const by =
    credential?.kind === 'batch-token'
      ? ` It goes with the batch token “${credential.token.label}”.`
      : '';
  const forced = force
    ? ` With force. The loss of data was accepted as “${closed(force.accepted)}”`
    : '';
  return `Promote is about to be sent to ${server.node} by ${operator}, with ${secondPerson} as the second person (${secondPersonProof}${agreed ? ` of line ${agreed.seq}` : ''}).${by}${forced}`;
}

const keySource: Readonly<Record<PgpKeySource, string>> = {
  app: 'made by Keyturn for this ceremony',
  file: 'from a file',
  gpg: 'from gpg',
};
