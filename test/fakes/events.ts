import { everyPurposeEvent } from './unseal-events.ts';
import { hashOfScript } from '../../electron/script-file.ts';
import { afterCalls, afterItemIds } from '../../shared/ceremony/aftercare.ts';
import { doorAnswers, doorFamilies, type DoorAnswer } from '../../shared/ceremony/door.ts';
import type {
  CeremonyEvent,
  Claim,
  EventOf,
  Recorded,
  TrustedLeaf,
} from '../../shared/ceremony/events.ts';
import type { CeremonyState } from '../../shared/ceremony/state.ts';
import { ways, type BatchToken } from '../../shared/ceremony/ways.ts';
import {
  ceremonyIdSchema,
  digestSchema,
  nodeAddressSchema,
  nonceSchema,
  profileIdSchema,
  shareFingerprintSchema,
} from '../../shared/ids.ts';
import { pgpFingerprintSchema, type PgpKey } from '../../shared/pgp/key.ts';
import type { Problem } from '../../shared/problem.ts';
import { scriptOf } from '../../shared/script/default.ts';
import { batchTokenIdSchema } from '../../shared/shift/batch-token.ts';
import { checkableSteps } from '../../shared/script/schema.ts';

const node = nodeAddressSchema.parse('https://dr-1.example:8200');
const pgpKey: PgpKey = {
  fingerprint: pgpFingerprintSchema.parse('0123456789abcdef'.repeat(3).slice(0, 40)),
  from: 'file',
  userIds: ['Olga Officer <olga@example.org>'],
};
export const nonces = [
  nonceSchema.parse('2dbd10f1-8528-6246-09e7-82b25b8aba63'),
  nonceSchema.parse('aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee'),
] as const;

export const problem: Problem = {
  code: 'vault.error',
  known: 'The server said no.',
  safe: 'Nothing changed.',
  next: 'Look at the server.',
};

export const opened: EventOf<'ceremony.opened'> = {
  type: 'ceremony.opened',
  id: ceremonyIdSchema.parse('20261123-031500-0a1b2c3d'),
  purpose: 'dr-operation-token',
  cluster: {
    profileId: profileIdSchema.parse('payments-dr'),
    kind: 'real',
    name: 'Payments DR',
    colour: 'teal',
    nodes: [node],
    primaryNodes: [],
    seal: 'shamir',
  },
  appVersion: '0.1.0',
  keychain: 'os',
};

export const record = (seq: number, event: CeremonyEvent): Recorded => ({
  seq,
  at: new Date(Date.UTC(2026, 10, 23, 3, 15, seq)).toISOString(),
  event,
});

const digest = (n: number) => digestSchema.parse(String(n).repeat(64).slice(0, 64));
export const claim: Claim = {
  nonce: nonces[1],
  owner: 'Olga',
  holds: 'otp',
  voice: 'Robin called Olga, and the words were the same.',
  by: 'Robin',
};

const trustedLeaf: TrustedLeaf = {
  node,
  leaf: digestSchema.parse('ab'.repeat(32)),
  comparedBy: ['Robin', 'Wim'],
  how: 'Nadia read it to both on the phone.',
};

const fingerprint = (n: number) => shareFingerprintSchema.parse(String(n).repeat(32).slice(0, 32));

/** One of every event there is, with values near what the state expects: `small` sets counts off by a little. */
export function everyEvent(state: CeremonyState, small: number): CeremonyEvent[] {
  const progress = 'attempt' in state ? state.attempt.progress : 0;
  return [
    opened,
    { type: 'cluster.changed', cluster: opened.cluster },
    scriptAdopted(small),
    preflightChecked(small),
    { type: 'roster.set', roster: { operator: 'Robin', holders: ['Ana', 'Ben', 'Chidi'] } },
    {
      type: 'roster.set',
      roster: {
        operator: 'Robin',
        witness: 'Wim',
        holders: [{ name: 'Ana', organisation: 'Acme', bag: '114' }, { name: 'Ben' }, 'Chidi'],
      },
    },
    { type: 'primary.seen', primary: small > 3 ? 'answers-as-active' : 'not-visible' },
    { type: 'primary.demote.intended', node, by: 'Robin', secondPerson: 'Wim' },
    { type: 'primary.demote.accepted', warnings: [] },
    { type: 'primary.demote.failed', problem },
    { type: 'primary.demote.unknown', problem },
    { type: 'primary.demoted', node, mode: 'secondary' },
    {
      type: 'primary.snapshot.kept',
      node,
      file: '/backup/old.snap',
      sha256: digestSchema.parse('c'.repeat(64)),
      bytes: 4_213,
    },
    { type: 'certificate.trusted', trusted: trustedLeaf, subject: 'CN=dr-1', until: '2026-11-01' },
    { type: 'found.claimed', claim },
    { type: 'attempt.joined', node, claim, required: 3, progress: small % 3 },
    { type: 'token.encoded.shown', to: 'Olga', agreedBy: 'Wim' },
    { type: 'token.encoded.exported', to: 'Olga' },
    {
      type: 'self-test.recorded',
      at: '2026-11-01T10:00:00.000Z',
      verdict: 'amber',
      checks: [{ id: 'swap', level: 'warning', what: 'Swap is in use.' }],
    },
    { type: 'pin.set', person: 'Wim' },
    { type: 'pin.refused', person: 'Wim' },
    { type: 'signing-key.set', person: 'Wim', key: 'bm90IGEga2V5', fingerprint: 'ab'.repeat(20) },
    { type: 'signature.refused', person: 'Wim' },
    { type: 'check.done', id: 'phone-the-noc', by: 'Wim' },
    {
      type: 'check.set-aside',
      id: 'phone-the-noc',
      why: 'nobody answers',
      agreedBy: 'Wim',
    },
    {
      type: 'step.signed-off',
      step: small % 2 === 0 ? 'preflight' : 'shares',
      challenge: 'Ready?',
      response: 'Ready.',
      by: 'Wim',
    },
    ...(small % 4 === 0
      ? [
          ...everyWayEvent(small),
          ...everyAfterEvent(small),
          ...everyPurposeEvent(node, fingerprint(small), problem, small),
        ]
      : []),
    { type: 'attempt.start.intended', node, mode: 'otp' },
    { type: 'attempt.start.intended', node, mode: 'pgp', key: pgpKey },
    { type: 'attempt.key-differs', problem },
    { type: 'attempt.started', nonce: nonces[0], required: 3 },
    { type: 'attempt.start.failed', problem, mayHaveArrived: small > 3 },
    { type: 'otp.shown', to: 'Robin', agreedBy: 'Wim' },
    { type: 'otp.restored', by: 'Robin' },
    { type: 'nonce.confirmed', holder: 'Ana' },
    {
      type: 'share.intended',
      holder: 'Ana',
      fingerprint: fingerprint(small),
      progressBefore: progress,
      ...(small % 2 === 1 ? { openedWith: 'gpg' as const } : {}),
    },
    {
      type: 'share.intended',
      holder: 'Ben',
      fingerprint: fingerprint(small + 1),
      progressBefore: progress,
      sealed: digest(small),
    },
    {
      type: 'invitation.made',
      digest: digest(1),
      expiresAt: '2026-11-23T09:00:00.000Z',
      sealTo: 'ab'.repeat(20),
    },
    { type: 'share.accepted', progress: progress + (small % 2), shownBy: 'duplicate' },
    { type: 'share.accepted', progress: progress + 1, shownBy: 'reply' },
    { type: 'share.refused', problem },
    { type: 'share.not-counted' },
    { type: 'share.unknown', problem },
    { type: 'share.elsewhere', from: progress, to: progress + small },
    { type: 'share.elsewhere.named', means: 'the vault command', by: 'Robin' },
    { type: 'round.failed', problem },
    { type: 'attempt.superseded', otherNonce: nonces[1] },
    { type: 'attempt.gone', tokenMayExist: small > 3 },
    { type: 'attempt.returned', progress: small },
    { type: 'attempt.cancel.intended' },
    { type: 'attempt.cancel.failed', problem },
    { type: 'attempt.cancelled' },
    { type: 'found.cancel.intended', nonce: nonces[1], by: 'Robin', why: 'nobody uses it' },
    { type: 'found.cancel.failed', problem },
    { type: 'found.cancelled', nonce: nonces[1], by: 'Robin', why: 'nobody uses it' },
    { type: 'token.encoded.kept', progress: 3, required: 3 },
    { type: 'token.encoded.taken', from: 'Ana' },
    { type: 'token.decode.failed', problem },
    { type: 'token.decoded', doubts: [] },
    {
      type: 'token.decoded',
      doubts: [],
      with: 'gpg',
      elsewhere: { by: 'Olga', sealed: digestSchema.parse('ab'.repeat(32)) },
    },
    { type: 'token.delete.intended', how: 'delete-endpoint', node },
    { type: 'token.delete.failed', how: 'delete-endpoint', problem },
    { type: 'token.deleted', how: 'delete-endpoint', proof: 'refused afterwards' },
    { type: 'token.left', why: 'not proved', owner: 'Nadia' },
    { type: 'token.lost', why: 'keychain entry missing' },
    {
      type: 'fencing.stated',
      fencing: { primary: 'not-visible', how: 'powered off', confirmedBy: 'Nadia' },
    },
    {
      type: 'promote.intended',
      server: { node, mode: 'secondary' },
      clusterNameTyped: 'Payments DR',
      operator: 'Robin',
      secondPerson: 'Wim',
      secondPersonProof: 'name typed, not authenticated',
    },
    promoteWithBatchToken,
    { type: 'promote.accepted', warnings: [] },
    { type: 'promote.refused', problem },
    { type: 'promote.unknown', problem },
    { type: 'watch.observed', node, says: 'DR secondary', active: false },
    { type: 'promoted', node, afterMs: 9_000 },
    { type: 'primary.alarm', node },
    { type: 'primary.alarm.over', node, primary: 'answers-otherwise' },
    { type: 'note.added', by: 'Wim', note: 'The lights flickered.' },
    { type: 'deviation.recorded', what: 'late', why: 'traffic', agreedBy: 'Wim' },
    {
      type: 'deviation.recorded',
      what: 'one person',
      why: 'nobody else is here',
      agreedBy: 'Wim',
      rule: 'operator-is-not-witness',
    },
    { type: 'interrupted', what: 'lock' },
    { type: 'interrupted', what: 'clock-changed', ms: -3_600_000 },
    { type: 'resumed', sentence: 'The same attempt is still open.' },
    { type: 'ceremony.ended', outcome: 'left', left: { by: 'Robin', why: 'The site is lost.' } },
    ...(['closed', 'cancelled', 'superseded', 'gone', 'abandoned'] as const).map(
      (outcome): CeremonyEvent => ({ type: 'ceremony.ended', outcome }),
    ),
  ];
}

export const batchToken: BatchToken = {
  id: batchTokenIdSchema.parse('0123456789ab'),
  label: 'Night shift',
  expiresAt: '2026-11-23T08:00:00.000Z',
};

const promoteWithBatchToken: EventOf<'promote.intended'> = {
  type: 'promote.intended',
  server: { node, mode: 'secondary' },
  clusterNameTyped: 'Payments DR',
  operator: 'Robin',
  secondPerson: 'Wim',
  secondPersonProof: 'name typed, not authenticated',
  credential: { kind: 'batch-token', token: batchToken },
};

/** Of the checklist after the promotion. `small` picks the call and the item. */
function everyAfterEvent(small: number): CeremonyEvent[] {
  const call = afterCalls[small % afterCalls.length] ?? 'demote';
  const item = afterItemIds[small % afterItemIds.length] ?? 'clients';
  return [
    { type: 'after.opened', items: [...afterItemIds], performance: [] },
    { type: 'after.checked', item, ok: small % 2 === 0, says: 'All nodes are unsealed.' },
    { type: 'after.settled', item, outcome: 'done', by: 'Robin', says: 'It was looked at' },
    { type: 'after.call.intended', call, node, by: 'Robin' },
    { type: 'after.call.accepted', call, warnings: [] },
    { type: 'after.call.failed', call, problem },
    { type: 'after.call.unknown', call, problem },
    {
      type: 'after.snapshot.kept',
      node,
      file: '/media/usb/old.snap',
      sha256: digestSchema.parse('5c'.repeat(32)),
      bytes: 4096,
    },
  ];
}

/** What a node says without a token, the same for all three families. */
export const probed = (answer: DoorAnswer): EventOf<'door.probed'> => ({
  type: 'door.probed',
  node,
  families: doorFamilies.map((family) => ({ family, answer })),
});

const everyWayEvent = (small: number): CeremonyEvent[] => [
  { type: 'way.chosen', way: ways[small % ways.length] ?? 'ceremony', why: 'The facts.' },
  { type: 'way.chosen', way: 'ceremony', why: 'The holders are here.', by: 'Robin' },
  { type: 'way.refused', way: 'batch-token', problem, batchToken: batchToken.id },
  { type: 'batch-token.armed', token: batchToken },
  { type: 'door.opened', by: 'Sasha' },
  probed(doorAnswers[small % doorAnswers.length] ?? 'other'),
  { type: 'door.put-off', by: 'Robin', why: 'The administrator is on the road.' },
  { type: 'door.closed', by: 'Sasha' },
  { type: 'door.vouched', node, by: 'Sasha', how: 'Read the file.' },
];

/** The same with a batch token: no key holders, no attempt, nothing to delete. */
export const wholeWithBatchToken: readonly CeremonyEvent[] = [
  opened,
  preflightChecked(0),
  { type: 'way.chosen', way: 'batch-token', why: 'One is kept.' },
  { type: 'roster.set', roster: { operator: 'Robin', witness: 'Wim', holders: [] } },
  { type: 'batch-token.armed', token: batchToken },
  {
    type: 'fencing.stated',
    fencing: { primary: 'not-visible', how: 'powered off', confirmedBy: 'Nadia' },
  },
  promoteWithBatchToken,
  { type: 'promote.accepted', warnings: [] },
  { type: 'promoted', node, afterMs: 9_000 },
  { type: 'ceremony.ended', outcome: 'closed' },
];

/** A site's script with one required check, at another step each time. */
export const scriptAdopted = (small: number): EventOf<'script.adopted'> => {
  const script = scriptOf({
    version: 1,
    title: 'The script of Payments',
    steps: [
      {
        id: 'phone-the-noc',
        at: checkableSteps[small % checkableSteps.length] ?? 'start',
        title: 'Phone the NOC',
        owner: 'operator',
        text: 'Say that the failover begins.',
        check: 'The NOC knows.',
      },
    ],
  });
  return { type: 'script.adopted', hash: hashOfScript(script), script };
};

function preflightChecked(small: number): CeremonyEvent {
  return {
    type: 'preflight.checked',
    findings: small > 5 ? [stop] : [],
    node,
    required: 2,
    primary: 'not-visible',
    tokenNeeded: false,
    ...(small % 2 === 1 ? { found: nonces[1] } : {}),
  };
}

const stop = {
  id: 'reachable',
  level: 'stop',
  what: 'No node answers.',
  why: 'Nothing can start.',
  todo: 'Check the cable.',
} as const;

/** A ceremony as it should go, event by event. */
export const wholeCeremony: readonly CeremonyEvent[] = [
  opened,
  preflightChecked(0),
  { type: 'roster.set', roster: { operator: 'Robin', witness: 'Wim', holders: ['Ana', 'Ben'] } },
  { type: 'attempt.start.intended', node, mode: 'otp' },
  { type: 'attempt.started', nonce: nonces[0], required: 2 },
  { type: 'nonce.confirmed', holder: 'Ana' },
  { type: 'share.intended', holder: 'Ana', fingerprint: fingerprint(1), progressBefore: 0 },
  { type: 'share.accepted', progress: 1, shownBy: 'reply' },
  { type: 'nonce.confirmed', holder: 'Ben' },
  { type: 'share.intended', holder: 'Ben', fingerprint: fingerprint(2), progressBefore: 1 },
  { type: 'token.encoded.kept', progress: 2, required: 2 },
  { type: 'token.decoded', doubts: [] },
  {
    type: 'fencing.stated',
    fencing: { primary: 'not-visible', how: 'powered off', confirmedBy: 'Nadia' },
  },
  {
    type: 'promote.intended',
    server: { node, mode: 'secondary' },
    clusterNameTyped: 'Payments DR',
    operator: 'Robin',
    secondPerson: 'Wim',
    secondPersonProof: 'name typed, not authenticated',
  },
  { type: 'promote.accepted', warnings: [] },
  { type: 'watch.observed', node, says: 'DR primary, active', mode: 'primary', active: true },
  { type: 'promoted', node, afterMs: 9_000 },
  { type: 'token.delete.intended', how: 'delete-endpoint', node },
  { type: 'token.deleted', how: 'delete-endpoint', proof: 'Vault refuses it now.' },
  { type: 'ceremony.ended', outcome: 'closed' },
];
