import { count, inWords } from '../report/amounts.ts';
import { closed } from '../report/sentences.ts';
import type { KeptBatchToken } from './batch-token.ts';
import type { ShiftEvent, ShiftEventOf, Warning } from './events.ts';
import { utcMoment } from '../report/instants.ts';

/** One event of a shift as one or two plain sentences. What was typed by people is quoted as it is. */
export function shiftSentence(event: ShiftEvent): string {
  switch (event.type) {
    case 'shift.opened':
      return openedSentence(event);
    case 'names.set':
      return `The policy is “${event.names.policy}”, the token role “${event.names.role}”.`;

    case 'setup.checked':
      return checkedSentence(event);
    case 'setup.write.intended':
      return `The ${event.part} “${event.name}” is about to be written on ${event.node}. ${event.by} agreed.`;
    case 'setup.written':
      return `The ${event.part} “${event.name}” was written.`;
    case 'setup.write.failed':
      return event.mayHaveArrived
        ? `The ${event.part} may or may not have been written: ${closed(event.problem.known)}`
        : `The ${event.part} was not written: ${closed(event.problem.known)}`;

    case 'batch.issue.intended':
      return `A batch token, “${event.label}”, is about to be issued by the role “${event.role}” on ${event.node} for ${inWords(event.ttlSeconds * 1000)}, by ${closed(event.by)}`;
    case 'batch.issued':
      return `The batch token “${event.about.label}” was issued and kept. ${endSentence(event.about)}${event.warnings.map((one) => ` Vault warned: ${closed(one)}`).join('')}`;
    case 'batch.issue.failed':
      return event.mayExistUntil === undefined
        ? `No batch token was issued: ${closed(event.problem.known)}`
        : `Whether a batch token was issued is not known, and none is kept: ${closed(event.problem.known)} One that nobody holds may be valid until ${utcMoment(event.mayExistUntil)}.`;
    case 'batch.pasted':
      return `${event.by} brought the batch token “${event.about.label}”, and it was kept. ${endSentence(event.about)}`;
    case 'batch.checked':
      return event.doubts.length === 0
        ? `${event.node} says of the batch token (${event.token}) that it is an orphan batch token that may promote.`
        : `${event.node} says of the batch token (${event.token}): ${event.doubts.map(closed).join(' ')}`;
    case 'batch.tried':
      return triedSentence(event);
    case 'batch.warned':
      return `The end of the batch token (${event.token}) was told: ${warningWords[event.warning]}.`;
    case 'batch.expired':
      return `The batch token (${event.token}) expired and was removed from the keychain.`;
    case 'batch.forgotten':
      return `${event.by} removed the batch token (${event.token}) from the keychain. Why: ${closed(event.why)} Vault goes on taking it until it expires.`;
    case 'batch.missing':
      return `The keychain no longer holds the batch token (${event.token}).`;

    case 'note.added':
      return `${event.by} noted: ${closed(event.note)}`;
    case 'resumed':
      return event.tornBytes
        ? `The shift was taken up again; the last ${count(event.tornBytes, 'byte')} of the journal were cut off and kept aside.`
        : 'The shift was taken up again.';
    case 'shift.ended':
      return event.to === undefined
        ? `${event.by} ended the shift. Nobody goes on.`
        : `${event.by} handed over to ${closed(event.to)}`;
  }
}

/** A warning as the end of a sentence. */
export const warningWords: Readonly<Record<Warning, string>> = {
  '2 hours': 'less than two hours are left',
  '30 minutes': 'less than thirty minutes are left',
  expired: 'it has expired',
};

const openedSentence = ({ operator, cluster, tokens, keychain }: ShiftEventOf<'shift.opened'>) =>
  `${operator} took the shift for ${cluster.name} (${cluster.kind === 'practice' ? 'practice' : 'real'}), with ${keychain === 'os' ? "the system's keychain" : 'secrets in memory only'}. It held ${count(tokens.length, 'batch token')}${tokens.length === 0 ? '' : `: ${tokens.map(({ label, id }) => `“${label}” (${id})`).join(', ')}`}.`;

function checkedSentence({ part, name, found, differences }: ShiftEventOf<'setup.checked'>) {
  if (!found) return `The ${part} “${name}” is not there.`;
  return differences.length === 0
    ? `The ${part} “${name}” is as it should be.`
    : `The ${part} “${name}” is not as it should be: ${differences.map(closed).join(' ')}`;
}

const endSentence = ({ id, expiresAt }: KeptBatchToken): string =>
  expiresAt === undefined
    ? `It is called ${id} here, and when it ends is not known.`
    : `It is called ${id} here, and ends at ${utcMoment(expiresAt)}.`;

function triedSentence({ token, node, result, says }: ShiftEventOf<'batch.tried'>): string {
  const where = node ?? 'The DR secondary';
  switch (result) {
    case 'accepted':
      return `${where} took the batch token (${token}): ${closed(says)}`;
    case 'refused':
      return `${where} refused the batch token (${token}): ${closed(says)}`;
    case 'not-proved':
      return `Not proved on the DR secondary that it takes the batch token (${token}): ${closed(says)}`;
  }
}
