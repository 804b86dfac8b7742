import type { RequestRecord } from '../../electron/practice/stage.ts';
import type { CeremonyEvent } from '../../shared/ceremony/events.ts';

/*
 * Never sent twice: what the site was asked, held against the intents on the record. A call that was
 * sent again by itself would be one more at the site than on the record.
 */

interface Counted {
  readonly what: string;
  readonly asked: (request: RequestRecord) => boolean;
  readonly intended: (event: CeremonyEvent) => boolean;
  /** Calls that one intent stands for, where it is not one. */
  readonly each?: number;
}

const writes =
  (end: string, method = 'PUT') =>
  (request: RequestRecord) =>
    (request.method === method || (method === 'PUT' && request.method === 'POST')) &&
    request.path.endsWith(end);
const after = (call: string) => (event: CeremonyEvent) =>
  event.type === 'after.call.intended' && event.call === call;

const counted: readonly Counted[] = [
  {
    what: 'start',
    asked: writes('/attempt'),
    intended: ({ type }) => type === 'attempt.start.intended',
  },
  {
    what: 'cancel',
    asked: writes('/attempt', 'DELETE'),
    intended: ({ type }) => type === 'found.cancel.intended' || type === 'attempt.cancel.intended',
  },
  { what: 'update', asked: writes('/update'), intended: ({ type }) => type === 'share.intended' },
  {
    what: 'promote',
    asked: writes('dr/secondary/promote'),
    intended: ({ type }) => type === 'promote.intended',
  },
  {
    what: 'demote',
    asked: writes('dr/primary/demote'),
    intended: (event) => event.type === 'primary.demote.intended' || after('demote')(event),
  },
  {
    what: 'delete-token',
    asked: writes('/operation-token/delete'),
    intended: (event) => event.type === 'token.delete.intended' && event.how === 'delete-endpoint',
    // The second one is the proof of the first.
    each: 2,
  },
  {
    what: 'revoke-self',
    asked: writes('/revoke-self'),
    intended: (event) => event.type === 'token.delete.intended' && event.how === 'revoke-self',
  },
  {
    what: 'secondary-token',
    asked: writes('/secondary-token'),
    intended: after('activate'),
  },
  { what: 'update-primary', asked: writes('/update-primary'), intended: after('attach') },
];

/** The calls of which the site got more than the record has intents for. Empty: none was repeated. */
export function sentTooOften(
  requests: readonly RequestRecord[],
  events: readonly CeremonyEvent[],
): readonly string[] {
  return counted.flatMap(({ what, asked, intended, each }) => {
    const sent = requests.filter(asked).length;
    const may = events.filter(intended).length * (each ?? 1);
    return sent > may ? [`${what}: ${sent} sent, ${may} on the record`] : [];
  });
}

/** The calls among these that change a server: a resume by itself sends none of them. */
export const changing = (requests: readonly RequestRecord[]): readonly string[] =>
  counted.flatMap(({ what, asked }) => (requests.some(asked) ? [what] : []));
