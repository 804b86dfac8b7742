import { itemsFor } from '../../shared/ceremony/aftercare.ts';
import { afterRoot, afterUnsealing, forRootToken, unsealing } from './purpose-scenes.ts';
import type { z } from 'zod';
import { eventSchema, type Recorded } from '../../shared/ceremony/events.ts';
import type { findingSchema } from '../../shared/ceremony/findings.ts';
import { besideActive } from '../../shared/ceremony/fencing.ts';
import { sharesDidNotCombine } from '../../shared/ceremony/reconcile.ts';
import type { Problem } from '../../shared/problem.ts';

/*
 * One ceremony, hand-written, cut off at every moment worth looking at. The preview shows each on
 * the screen; the unit tests fold each, so that no scene shows what cannot happen.
 */

type Draft = z.input<typeof eventSchema>;
type DraftOf<T extends Draft['type']> = Extract<Draft, { type: T }>;

export interface Scene {
  readonly name: string;
  readonly events: readonly Draft[];
}

/** The scene's events as they would be on disk, the last of them at `end`, twenty seconds apart. */
export function recordsOf(scene: Scene, end: Date): readonly Recorded[] {
  return scene.events.map((draft, seq) => ({
    seq,
    at: new Date(end.getTime() - (scene.events.length - 1 - seq) * 20_000).toISOString(),
    event: eventSchema.parse(draft),
  }));
}

export const sceneId = '20261123-031500-0a1b2c3d';
export const sceneNonce = '2dbd10f1-8528-6246-09e7-82b25b8aba63';
const otherNonce = '7f3a9c04-11d2-4e5b-8c66-90ab12cd34ef';
const nodes = [
  'https://vault-dr-1.example.net:8200',
  'https://vault-dr-2.example.net:8200',
  'https://vault-dr-3.example.net:8200',
];
const node = 'https://vault-dr-1.example.net:8200';
const oldPrimary = 'https://vault-a-1.example.net:8200';
const fingerprint = (digit: string): string => digit.repeat(32);

const opened = (kind: 'real' | 'practice'): DraftOf<'ceremony.opened'> => ({
  type: 'ceremony.opened',
  id: sceneId,
  purpose: 'dr-operation-token',
  cluster: {
    profileId: kind === 'real' ? 'payments-frankfurt' : 'practice',
    kind,
    name: kind === 'real' ? 'payments-frankfurt' : 'Practice',
    colour: kind === 'real' ? 'violet' : 'teal',
    nodes,
    primaryNodes: [oldPrimary],
    seal: kind === 'real' ? 'auto-unseal' : 'shamir',
  },
  appVersion: '0.1.0',
  keychain: 'os',
});

type FindingDraft = z.input<typeof findingSchema>;
const fine = (id: FindingDraft['id'], what: string): FindingDraft => ({
  id,
  level: 'ok',
  what,
  why: 'Without it the ceremony cannot be led from here.',
  todo: 'Nothing.',
});

const findings: FindingDraft[] = [
  fine('reachable', 'All three nodes answer.'),
  fine('tls', 'Each certificate comes from the pinned CA and is valid until 2 April 2027.'),
  fine('unsealed', 'All three nodes are unsealed.'),
  fine('dr-secondary', 'The cluster is a DR secondary.'),
  fine('leader', 'vault-dr-1.example.net leads, and every node agrees.'),
  fine('attempt', 'No attempt is in progress.'),
  {
    id: 'primary',
    level: 'warning',
    what: 'The primary is not visible from here.',
    why: 'Not visible is not the same as down: a primary that still serves clients would be a second one after Promote.',
    todo: 'Ask somebody at its site what it is doing. The answer is asked for before Promote.',
    node: oldPrimary,
  },
  {
    id: 'replication',
    level: 'unknown',
    what: 'How far behind the secondary is cannot be told while the primary is not visible.',
    why: 'What was written after the last entry that arrived is lost when the secondary is promoted.',
    todo: 'Decide whether that is acceptable before Promote.',
  },
];

const checked: DraftOf<'preflight.checked'> = {
  type: 'preflight.checked',
  findings,
  node,
  required: 3,
  primary: 'not-visible',
  tokenNeeded: false,
};

const stopped: DraftOf<'preflight.checked'> = {
  type: 'preflight.checked',
  findings: [
    ...findings.slice(0, 5),
    {
      id: 'attempt',
      level: 'stop',
      what: 'An attempt is already in progress: nonce 7f3a9c04-11d2-4e5b-8c66-90ab12cd34ef, 1 of 3 shares given.',
      why: 'Only one attempt can be open, and shares given now make a token for whoever started it.',
      todo: 'Find out who started it.',
      node,
    },
    ...findings.slice(6),
  ],
  node,
  required: 3,
  primary: 'not-visible',
  found: otherNonce,
  tokenNeeded: false,
};

const tokenWanted: DraftOf<'preflight.checked'> = {
  type: 'preflight.checked',
  findings: [
    ...findings.slice(0, 5),
    {
      id: 'attempt',
      level: 'stop',
      what: 'This Vault asks for a token beside the shares (Vault 2.0 and newer).',
      why: 'A node has one slot for an attempt, shared by everybody who reaches it.',
      todo: 'Enter the Vault token: a batch token made for the failover, or a root token of the primary.',
      node,
    },
    ...findings.slice(6),
  ],
  node,
  primary: 'answers-as-active',
  tokenNeeded: true,
};

const roster: Draft = {
  type: 'roster.set',
  roster: {
    operator: 'Robin',
    witness: 'Wanda',
    holders: ['Ana', 'Ben', 'Chidi', 'Dana', 'Emil'],
  },
};
const startIntended: Draft = { type: 'attempt.start.intended', node, mode: 'otp' };
const started: Draft = { type: 'attempt.started', nonce: sceneNonce, required: 3 };
const officerKey: DraftOf<'attempt.start.intended'>['key'] = {
  from: 'file',
  fingerprint: 'c3d10aa17246f99e8dfdaf29147a7a0f279fae82',
  userIds: ['Nadia Stern <nadia@example.net>'],
};
const confirmed = (holder: string): Draft => ({ type: 'nonce.confirmed', holder });
const intended = (holder: string, digit: string, progressBefore: number): Draft => ({
  type: 'share.intended',
  holder,
  fingerprint: fingerprint(digit),
  progressBefore,
});
const accepted = (progress: number): Draft => ({
  type: 'share.accepted',
  progress,
  shownBy: 'reply',
});
const lost: Problem = {
  code: 'vault.timeout',
  known: 'vault-dr-1.example.net did not answer within 20 seconds.',
  safe: 'The share was sent once and is not sent again by itself.',
  next: 'Check with Vault whether it was counted.',
  facts: { Node: node, 'Time limit': '20 s' },
};
const kept: Draft = { type: 'token.encoded.kept', progress: 3, required: 3 };
const decodeFailed: Draft = {
  type: 'token.decode.failed',
  problem: {
    code: 'keychain.entry-missing',
    known: 'The keychain no longer has the OTP of this attempt.',
    safe: 'The encoded token is still in the keychain.',
    next: 'Where the OTP was written down, enter it from the paper.',
  },
};
const decoded = (...doubts: string[]): Draft => ({ type: 'token.decoded', doubts });
const fenced: Draft = {
  type: 'fencing.stated',
  fencing: {
    primary: 'not-visible',
    how: 'Power is off at the site; ports 8200 and 8201 are closed on the border firewall.',
    confirmedBy: 'Wanda',
  },
};
const promoteIntended: Draft = {
  type: 'promote.intended',
  server: { node, mode: 'secondary', clusterId: '9a6b', secondaryId: 'dr-fra', version: '1.17.3' },
  clusterNameTyped: 'payments-frankfurt',
  operator: 'Robin',
  secondPerson: 'Wanda',
  secondPersonProof: 'name typed, not authenticated',
};
const observed = (at: number, says: string, mode?: string, active = false): Draft => ({
  type: 'watch.observed',
  node: nodes[at] ?? node,
  says,
  ...(mode ? { mode } : {}),
  active,
});
const catchingUp: Problem = {
  code: 'vault.catching-up',
  known: 'Vault refused: replication is still catching up.',
  safe: 'Nothing was changed. The cluster is still a DR secondary, and the token is still good.',
  next: 'Wait, then confirm the promote again.',
  facts: { 'Vault said': 'cannot promote: replication is still catching up', Status: '503' },
};
const refusedDelete: Problem = {
  code: 'vault.endpoint-missing',
  known: 'The promoted cluster no longer offers the delete endpoint.',
  safe: 'The token still exists on the server and in the keychain.',
  next: 'Try the next way.',
};

const upToRoster: Draft[] = [opened('real'), checked];
const ready: Draft[] = [...upToRoster, roster];
const collecting: Draft[] = [...ready, startIntended, started];
const oneGiven: Draft[] = [...collecting, confirmed('Ana'), intended('Ana', 'a', 0), accepted(1)];
const twoGiven: Draft[] = [...oneGiven, confirmed('Chidi'), intended('Chidi', 'c', 1), accepted(2)];
const complete: Draft[] = [...twoGiven, confirmed('Emil'), intended('Emil', 'e', 2), kept];
const invited: Draft = {
  type: 'invitation.made',
  digest: 'ab'.repeat(32),
  expiresAt: '2026-11-23T07:15:00.000Z',
  sealTo: 'cd'.repeat(20),
};
/** The same in PGP mode: an officer's own key reads the token. */
const completePgp: Draft[] = complete.map((event) =>
  event.type === 'attempt.start.intended' ? { ...event, mode: 'pgp', key: officerKey } : event,
);
const inHand: Draft[] = [...complete, decoded()];
const promoting: Draft[] = [...inHand, fenced, promoteIntended];
const watching: Draft[] = [
  ...promoting,
  { type: 'promote.accepted', warnings: ['This cluster is being promoted.'] },
  observed(0, 'unreachable'),
  observed(1, 'unreachable'),
  observed(2, 'DR secondary, standby', 'secondary'),
];
const aftercare: Draft[] = [
  ...watching,
  observed(0, 'primary, active', 'primary', true),
  observed(1, 'primary, standby', 'primary'),
  { type: 'promoted', node, afterMs: 74_000 },
];
const deleteIntended: Draft = { type: 'token.delete.intended', how: 'delete-endpoint', node };
const deleted: Draft = {
  type: 'token.deleted',
  how: 'revoke-self',
  proof: 'Vault answered "permission denied" to the token afterwards.',
};
const revokeIntended: Draft = { type: 'token.delete.intended', how: 'revoke-self', node };
const deleteFailed: Draft[] = [
  deleteIntended,
  { type: 'token.delete.failed', how: 'delete-endpoint', problem: refusedDelete },
];
const deletionWantsToken: Draft[] = [
  deleteIntended,
  {
    type: 'token.delete.failed',
    how: 'delete-endpoint',
    problem: {
      code: 'vault.wants-token',
      known: `${node} answered “permission denied” to the deletion. From Vault 2.0 on this call may want a Vault token beside the DR operation token, and none is in memory.`,
      safe: 'The DR operation token is still in the keychain. Deleting it a second time does no harm.',
      next: 'Enter the Vault token, then try to delete it again.',
    },
  },
];
const settled: Draft[] = [...aftercare, ...deleteFailed, revokeIntended, deleted];
const listed: Draft[] = [
  ...settled,
  { type: 'after.opened', items: itemsFor(false, 1), performance: ['Reports'] },
  {
    type: 'after.settled',
    item: 'login',
    outcome: 'done',
    by: 'Nadia',
    says: 'By the on-call login.',
  },
  {
    type: 'after.checked',
    item: 'nodes',
    ok: false,
    says: 'https://vault-3.example: sealed.',
  },
  {
    type: 'after.settled',
    item: 'client-request',
    outcome: 'waived',
    by: 'Nadia',
    says: 'No client token here.',
  },
];
const returned: Draft[] = [
  ...listed,
  { type: 'after.settled', item: 'nodes', outcome: 'waived', by: 'Nadia', says: 'It is replaced.' },
  { type: 'after.settled', item: 'clients', outcome: 'done', by: 'Nadia', says: 'DNS is moved.' },
  { type: 'after.checked', item: 'performance', ok: true, says: 'Reports follows.' },
];

// The other two ways
const shift = { id: '0123456789ab', label: 'Night shift', expiresAt: '2026-11-23T06:00:00.000Z' };
const byToken: Draft[] = [
  opened('real'),
  checked,
  {
    type: 'way.chosen',
    way: 'batch-token',
    why: 'A DR operation batch token is kept here: “Night shift”, valid until 06:00:00 UTC on Monday, 23 November 2026. It promotes at once, without key holders.',
  },
];
const twoPeople: Draft = {
  type: 'roster.set',
  roster: { operator: 'Robin', witness: 'Wanda', holders: [] },
};
const armed: Draft[] = [...byToken, twoPeople, { type: 'batch-token.armed', token: shift }];
const byTokenSent: Draft[] = [
  ...armed,
  fenced,
  { ...promoteIntended, credential: { kind: 'batch-token', token: shift } },
];
const tokenRefused: Problem = {
  code: 'vault.permission-denied',
  known: 'https://vault-dr-1.example.net:8200 answered “permission denied”.',
  safe: 'The server refused the call. Keyturn does not send it again by itself.',
  next: 'The next way is below, with its reason.',
};
const fellThrough: Draft[] = [
  ...byTokenSent,
  { type: 'promote.refused', problem: tokenRefused },
  { type: 'way.refused', way: 'batch-token', problem: tokenRefused, batchToken: shift.id },
  {
    type: 'way.chosen',
    way: 'ceremony',
    why: 'No kept batch token is left that can be used. The server asks for the shares and no Vault token.',
  },
];
const toCeremony: Draft = {
  type: 'way.chosen',
  way: 'ceremony',
  why: 'No valid batch token is kept for this cluster. The server asks for a Vault token beside the shares: a batch token, or a root token of the primary.',
};
const glass: Draft[] = [
  opened('real'),
  tokenWanted,
  toCeremony,
  {
    type: 'way.refused',
    way: 'ceremony',
    problem: {
      code: 'vault.permission-denied',
      known:
        'The server asks for a Vault token beside the shares, and nobody here has one that it takes.',
      safe: 'No attempt was started, and nothing was changed on a server.',
      next: 'The server administrator can let the attempt be made without a token, for as long as it takes.',
    },
  },
  {
    type: 'way.chosen',
    way: 'break-glass',
    why: 'The server asks for a Vault token beside the shares, and nobody has one that it takes. The server administrator can let the attempt be made without one.',
  },
];
const doorOpened: Draft = { type: 'door.opened', by: 'Sasha' };
const doorProbed = (
  at: number,
  answer: 'refuses-permission' | 'answers' | 'other',
): DraftOf<'door.probed'> => ({
  type: 'door.probed',
  node: nodes[at] ?? node,
  families: [
    {
      family: 'generate-operation-token',
      answer,
      ...(answer === 'other' ? { says: 'Not a DR secondary.' } : {}),
    },
    { family: 'generate-root', answer: 'refuses-permission' },
    { family: 'rekey', answer: 'refuses-permission' },
  ],
});
const opensTwo: Draft[] = [
  ...glass,
  doorOpened,
  doorProbed(0, 'refuses-permission'),
  doorProbed(1, 'answers'),
  doorProbed(2, 'answers'),
];
const glassInHand: Draft[] = [...glass, doorOpened, ...inHand.slice(1)];
const doorClosed: Draft = { type: 'door.closed', by: 'Sasha' };
const afterGlass: Draft[] = [
  ...glassInHand,
  { type: 'door.put-off', by: 'Robin', why: 'The administrator is on the road.' },
  ...settled.slice(inHand.length),
  { type: 'ceremony.ended', outcome: 'closed' },
];

// The old primary, a certificate, somebody's attempt
const stillActive: DraftOf<'preflight.checked'> = {
  ...checked,
  primary: 'answers-as-active',
  findings: findings.map((one) =>
    one.id === 'primary'
      ? {
          ...one,
          what: 'The primary answers as active. The secondary hears the primary (connection: ready).',
          todo: 'If it works, there is nothing to fail over from. For a planned switch demote it.',
        }
      : one,
  ),
};
const snapshotKept: Draft = {
  type: 'primary.snapshot.kept',
  node: oldPrimary,
  file: '/backup/vault-a-2026-11-23.snap',
  sha256: 'ab'.repeat(32),
  bytes: 48_213_504,
};
export const expiredLeaf: NonNullable<FindingDraft['expired']> = {
  node,
  leaf: '5f'.repeat(32),
  subject: 'CN=vault-dr-1.example.net',
  issuer: 'CN=Example internal CA 3',
  until: '2026-11-22T23:59:59.000Z',
};
const expiredFound: DraftOf<'preflight.checked'> = {
  type: 'preflight.checked',
  primary: 'not-visible',
  tokenNeeded: false,
  findings: [
    {
      id: 'tls',
      level: 'stop',
      what: 'The certificate of this node expired on 22 November 2026. The certificate looks wrong, not the clock.',
      why: 'Without one node that answers nothing can be started.',
      todo: 'Compare this machine’s clock with a watch, and have the certificate of that node replaced.',
      node,
      expired: expiredLeaf,
    },
    ...findings.slice(6),
  ],
};
const claim = {
  nonce: otherNonce,
  owner: 'Olga',
  holds: 'pgp-key' as const,
  voice: 'Called back on her desk number; she read the nonce aloud.',
  by: 'Robin',
};
const joined: Draft[] = [
  opened('real'),
  stopped,
  { type: 'found.claimed', claim },
  { ...stopped, findings },
  roster,
  { type: 'attempt.joined', node, claim, required: 3, progress: 1 },
];
const joinedComplete: Draft[] = [
  ...joined,
  confirmed('Chidi'),
  intended('Chidi', 'c', 1),
  accepted(2),
  confirmed('Emil'),
  intended('Emil', 'e', 2),
  kept,
];
const nobodyLogsIn: Draft = {
  type: 'after.settled',
  item: 'login',
  outcome: 'open',
  by: 'Nadia',
  says: 'The on-call login does not work here.',
};
const rootInHand = forRootToken([...complete, decoded()]);

export const scenes: readonly Scene[] = [
  { name: 'primary-active', events: [opened('real'), stillActive] },
  { name: 'primary-active-saved', events: [opened('real'), stillActive, snapshotKept] },
  {
    name: 'primary-demoted',
    events: [
      opened('real'),
      stillActive,
      snapshotKept,
      { type: 'primary.demote.intended', node: oldPrimary, by: 'Robin', secondPerson: 'Wanda' },
      { type: 'primary.demote.accepted', warnings: [] },
      { type: 'primary.demoted', node: oldPrimary, mode: 'secondary' },
    ],
  },
  {
    name: 'primary-beside',
    events: [
      opened('real'),
      stillActive,
      {
        type: 'deviation.recorded',
        what: besideActive,
        why: 'Its storage is read-only, and it cannot be demoted.',
        agreedBy: 'Nadia',
      },
    ],
  },
  { name: 'expired-found', events: [opened('real'), expiredFound] },
  { name: 'expired-collecting', events: twoGiven },
  { name: 'joined', events: joined },
  { name: 'joined-complete', events: joinedComplete },
  { name: 'aftercare-no-login', events: [...listed, nobodyLogsIn] },
  {
    name: 'way-token-asked',
    events: [opened('real'), { ...tokenWanted, primary: 'not-visible' }, ...byToken.slice(2)],
  },
  { name: 'preflight-new', events: [opened('real')] },
  { name: 'preflight-stop', events: [opened('real'), stopped] },
  { name: 'preflight-token', events: [opened('real'), tokenWanted] },
  { name: 'roster', events: upToRoster },
  { name: 'roster-practice', events: [opened('practice'), { ...checked, primary: 'none-known' }] },
  { name: 'ready', events: ready },
  {
    name: 'ready-start-failed',
    events: [
      ...ready,
      startIntended,
      {
        type: 'attempt.start.failed',
        problem: { ...lost, safe: 'Nothing is known to have been started.' },
        mayHaveArrived: true,
      },
    ],
  },
  { name: 'starting', events: [...ready, startIntended] },
  { name: 'collecting-none', events: collecting },
  { name: 'collecting-two', events: twoGiven },
  {
    name: 'collecting-pending',
    events: [...twoGiven, intended('Emil', 'e', 2), { type: 'share.unknown', problem: lost }],
  },
  {
    name: 'collecting-round-failed',
    events: [
      ...twoGiven,
      intended('Emil', 'e', 2),
      { type: 'round.failed', problem: sharesDidNotCombine() },
    ],
  },
  {
    name: 'collecting-elsewhere',
    events: [...oneGiven, { type: 'share.elsewhere', from: 1, to: 2 }],
  },
  { name: 'collecting-cancelling', events: [...oneGiven, { type: 'attempt.cancel.intended' }] },
  {
    name: 'cancelled',
    events: [...oneGiven, { type: 'attempt.cancel.intended' }, { type: 'attempt.cancelled' }],
  },
  {
    name: 'superseded',
    events: [...oneGiven, { type: 'attempt.superseded', otherNonce }],
  },
  { name: 'gone', events: [...oneGiven, { type: 'attempt.gone', tokenMayExist: false }] },
  { name: 'gone-token', events: [...twoGiven, { type: 'attempt.gone', tokenMayExist: true }] },
  {
    name: 'split-elsewhere',
    events: [...collecting, invited, { type: 'share.elsewhere', from: 0, to: 1 }],
  },
  {
    name: 'split-gone',
    events: [...twoGiven, invited, { type: 'attempt.gone', tokenMayExist: true }],
  },
  { name: 'complete', events: complete },
  { name: 'complete-pgp', events: completePgp },
  { name: 'complete-failed', events: [...complete, decodeFailed] },
  { name: 'decoded', events: inHand },
  { name: 'decoded-doubt', events: [...complete, decoded('unknown-prefix')] },
  { name: 'decoded-fenced', events: [...inHand, fenced] },
  {
    name: 'decoded-refused',
    events: [...promoting, { type: 'promote.refused', problem: catchingUp }],
  },
  { name: 'decoded-left', events: [...inHand, deleteIntended, deleted] },
  { name: 'promoting', events: promoting },
  { name: 'watching', events: watching },
  {
    name: 'watching-doubt',
    events: [...promoting, { type: 'promote.unknown', problem: lost }, observed(0, 'unreachable')],
  },
  { name: 'alarm', events: [...watching, { type: 'primary.alarm', node: oldPrimary }] },
  { name: 'aftercare', events: aftercare },
  { name: 'aftercare-not-deleted', events: [...aftercare, ...deleteFailed] },
  { name: 'aftercare-deleted', events: settled },
  { name: 'aftercare-list', events: listed },
  { name: 'aftercare-returned', events: returned },
  { name: 'ended-closed', events: [...settled, { type: 'ceremony.ended', outcome: 'closed' }] },
  { name: 'ended-cancelled', events: [...ready, { type: 'ceremony.ended', outcome: 'cancelled' }] },
  {
    name: 'ended-abandoned',
    events: [
      ...inHand,
      { type: 'token.left', why: 'The delete endpoint did not answer.', owner: 'Nadia' },
      { type: 'ceremony.ended', outcome: 'abandoned' },
    ],
  },
  { name: 'preflight-token-way', events: [opened('real'), tokenWanted, toCeremony] },
  { name: 'way-roster', events: byToken },
  { name: 'way-arm', events: [...byToken, twoPeople] },
  { name: 'way-armed', events: armed },
  { name: 'way-armed-fenced', events: [...armed, fenced] },
  { name: 'way-watching', events: [...byTokenSent, ...watching.slice(promoting.length)] },
  { name: 'way-aftercare', events: [...byTokenSent, ...aftercare.slice(promoting.length)] },
  {
    name: 'way-nobody-logs-in',
    events: [
      ...byTokenSent,
      ...aftercare.slice(promoting.length),
      { type: 'after.opened', items: itemsFor(false, 1), performance: [] },
      {
        type: 'after.settled',
        item: 'login',
        outcome: 'open',
        by: 'Nadia',
        says: 'Nobody can log in yet.',
      },
    ],
  },
  { name: 'way-fell-through', events: fellThrough },
  { name: 'glass-who', events: glass },
  { name: 'glass-open', events: [...glass, doorOpened] },
  { name: 'glass-one-forgotten', events: opensTwo },
  { name: 'glass-close', events: glassInHand },
  {
    name: 'glass-not-proved',
    events: [
      ...glassInHand,
      doorClosed,
      doorProbed(0, 'refuses-permission'),
      doorProbed(1, 'answers'),
      doorProbed(2, 'other'),
    ],
  },
  { name: 'glass-ended', events: afterGlass },
  { name: 'root-in-hand', events: rootInHand },
  ...Object.entries(afterRoot(rootInHand, nodes[0] ?? '')).map(([name, events]) => ({
    name,
    events,
  })),
  { name: 'unsealing', events: unsealing(ready, nodes) },
  ...Object.entries(afterUnsealing(unsealing(ready, nodes), nodes)).map(([name, events]) => ({
    name,
    events,
  })),
  {
    name: 'aftercare-wants-token',
    events: [...aftercare, ...deletionWantsToken],
  },
  {
    name: 'leaving-wants-token',
    events: [...inHand, ...deletionWantsToken],
  },
];
