import { describeHolder } from '../../../../../shared/ceremony/roster.ts';
import type { Recorded } from '../../../../../shared/ceremony/events.ts';
import { sentenceOf } from '../../../../../shared/report/sentences.ts';

export interface Summary {
  readonly people: string | undefined;
  /** Who gave a share that counted towards the token, in order; of the last round only. */
  readonly shares: readonly string[];
  readonly promotedAfterMs: number | undefined;
  readonly token: string | undefined;
}

/** What a record says at its end, gathered from its lines. */
export function summaryOf(records: readonly Recorded[]): Summary {
  let people: string | undefined;
  let shares: string[] = [];
  let pending: string | undefined;
  let promotedAfterMs: number | undefined;
  let token: string | undefined;
  for (const { event } of records) {
    switch (event.type) {
      case 'roster.set': {
        const { operator, witness, holders } = event.roster;
        const witnessed = witness ? `${witness} (witness), ` : '';
        const gave = holders.map(describeHolder).join(', ');
        people = `${operator} (operator), ${witnessed}${gave ? `${gave} (holders)` : 'no key holders'}`;
        break;
      }
      case 'attempt.started':
      case 'attempt.joined':
      case 'round.failed':
        shares = [];
        break;
      case 'share.intended':
        pending = event.holder;
        break;
      case 'share.accepted':
      case 'token.encoded.kept':
        if (pending) shares.push(pending);
        pending = undefined;
        break;
      case 'token.encoded.taken':
        shares.push(`${event.from} (elsewhere)`);
        pending = undefined;
        break;
      case 'share.elsewhere.named':
        shares.push(`${event.holder ?? 'somebody'} (elsewhere)`);
        break;
      case 'promote.intended':
        if (event.credential?.kind === 'batch-token')
          token = `The batch token “${event.credential.token.label}”. It expires; nothing is to be deleted.`;
        break;
      case 'promoted':
        promotedAfterMs = event.afterMs;
        break;
      case 'token.deleted':
      case 'token.left':
      case 'token.lost':
        token = sentenceOf(event);
        break;
      default:
    }
  }
  return { people, shares, promotedAfterMs, token };
}
