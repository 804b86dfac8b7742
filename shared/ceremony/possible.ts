import { openChecks } from '../script/steps.ts';
import { stepIds } from '../script/schema.ts';
import { endings, leftOpen } from './fold.ts';
import { callUnderWay } from './aftercare.ts';
import { demotedHere } from './fencing.ts';
import { keyElsewhere, mayDemote } from './fold-preflight.ts';
import { heldBack } from './in-force.ts';
import { openDoors } from './door.ts';
import { mayOpenDoor } from './fold-door.ts';
import type { Purpose } from './purpose.ts';
import type { CeremonyState, StateIn } from './state.ts';
import { nodeNow } from './unseal.ts';

/** Everything a person can ask a ceremony to do. One name each, for rules, contract and screen. */
export const commandNames = [
  'preflight',
  'set-roster',
  'choose-way',
  'no-vault-token',
  'use-batch-token',
  'arm',
  'open-door',
  'probe-door',
  'close-door',
  'put-off-door',
  'vouch-door',
  'set-pin',
  'set-signing-key',
  'settle-check',
  'start',
  'cancel',
  'cancel-found',
  'claim-found',
  'join',
  'trust-certificate',
  'look-at-primary',
  'snapshot-primary',
  'demote-primary',
  'confirm-nonce',
  'give-share',
  'name-elsewhere',
  'recheck',
  'show-otp',
  'show-encoded',
  'export-encoded',
  'take-token',
  'restore-otp',
  'keep-encoded-token',
  'decode',
  'state-fencing',
  'promote',
  'delete-token',
  'leave-token',
  'check-after',
  'settle-after',
  'act-after',
  'show-token',
  'store-token',
  'reset-unseal',
  'waive-node',
  'leave',
  'end',
] as const;
export type CommandName = (typeof commandNames)[number];

/** What may be asked next. The conductor refuses everything else; the screen offers nothing else. */
export function possible(state: CeremonyState): readonly CommandName[] {
  const now = inThisPhase(state)
    .filter((command) => hasUse(state.purpose, command))
    .filter((command) => heldBack(state, command).length === 0);
  const checks = stepIds.some((step) => openChecks(state, step).length > 0);
  return [
    ...now,
    ...(mayDemote(state)
      ? (['look-at-primary', 'snapshot-primary', 'demote-primary'] as const)
      : []
    ).filter((command) => hasUse(state.purpose, command)),
    ...(checks && state.phase !== 'ended' ? (['settle-check'] as const) : []),
    // A certificate may expire in the middle of a ceremony.
    ...(state.phase === 'ended' ? [] : (['trust-certificate'] as const)),
    ...(leftOpen(state) ? (['leave'] as const) : []),
    ...aboutTheDoor(state),
    ...afterwards(state),
  ];
}

/** Possible in every phase, and after the end: an open door is somebody's to close whatever else is done. */
function aboutTheDoor(state: CeremonyState): readonly CommandName[] {
  if (mayOpenDoor(state)) return ['open-door'];
  if (openDoors(state).length === 0) return [];
  const due = state.phase === 'decoded' ? (['put-off-door'] as const) : [];
  if (state.door?.closedBy !== undefined) return ['probe-door', 'close-door', 'vouch-door', ...due];
  return ['probe-door', 'close-door', ...due];
}

/** The checklist waits for nothing; a call of it waits for the outcome of the one before. */
function afterwards(state: CeremonyState): readonly CommandName[] {
  if (state.phase !== 'aftercare' || !state.after) return [];
  const items = ['check-after', 'settle-after'] as const;
  return callUnderWay(state.after) ? items : [...items, 'act-after'];
}

/** A joined attempt's token is read with its owner's OTP or key: here, or wherever they take it. */
function inComplete(state: StateIn<'complete'>): readonly CommandName[] {
  const { attempt } = state;
  const out = keyElsewhere(state) ? (['export-encoded', 'take-token'] as const) : [];
  if (attempt.key) return ['decode', 'recheck', ...out];
  if (!attempt.joined) return ['decode', 'recheck', 'restore-otp'];
  return attempt.joined.holds === 'otp'
    ? ['decode', 'recheck', 'restore-otp', 'show-encoded', 'take-token']
    : ['recheck', 'show-encoded', ...out];
}

/** Whether the attempt that preflight found is one to go on with: claimed, and still the same. */
export const joinable = ({ preflight, claim }: StateIn<'ready'>): boolean =>
  claim !== undefined && preflight.found === claim.nonce;

/** What the phase alone would allow. */
function inThisPhase(state: CeremonyState): readonly CommandName[] {
  const end: CommandName[] = endings(state).length > 0 ? ['end'] : [];
  switch (state.phase) {
    case 'preflight':
      return [
        'preflight',
        'cancel-found',
        'claim-found',
        ...(state.preflight ? onTheWay : []),
        ...(state.preflight && mayLackToken(state) ? (['no-vault-token'] as const) : []),
        ...end,
      ];
    case 'roster':
      return ['preflight', 'set-roster', ...onTheWay, ...end];
    case 'ready':
      return [
        'preflight',
        'set-roster',
        'set-pin',
        'set-signing-key',
        state.way?.way === 'batch-token' ? 'arm' : joinable(state) ? 'join' : 'start',
        'recheck',
        'cancel-found',
        'claim-found',
        ...onTheWay,
        ...end,
      ];
    case 'armed':
      return [
        'arm',
        'state-fencing',
        'recheck',
        'choose-way',
        ...(state.fencing || demotedHere(state) ? (['promote'] as const) : []),
        ...end,
      ];
    case 'starting':
      return ['recheck'];
    case 'collecting': {
      const { attempt } = state;
      if (attempt.cancelling) return ['recheck', 'cancel'];
      if (attempt.pending) return ['recheck', 'keep-encoded-token', 'cancel'];
      const unnamed = attempt.given.some((s) => s.where === 'elsewhere' && s.means === undefined);
      return [
        'confirm-nonce',
        'give-share',
        'take-token',
        'recheck',
        ...(attempt.joined || attempt.key ? [] : (['show-otp'] as const)),
        ...(attempt.key || attempt.joined?.holds === 'pgp-key' ? [] : (['restore-otp'] as const)),
        'cancel',
        ...(unnamed ? (['name-elsewhere'] as const) : []),
      ];
    }
    case 'superseded':
    case 'gone':
      return ['recheck', 'start', 'cancel-found', 'take-token', ...end];
    case 'complete':
      return inComplete(state);
    case 'decoded': {
      const { fate } = state.token;
      if (fate.kind === 'kept' || fate.kind === 'not-deleted')
        return [
          'state-fencing',
          'delete-token',
          'leave-token',
          'recheck',
          ...(state.fencing || demotedHere(state) ? (['promote'] as const) : []),
        ];
      return fate.kind === 'deleting' ? ['recheck', 'leave-token'] : end;
    }
    case 'in-hand': {
      const { fate } = state.token;
      if (fate.kind === 'kept' || fate.kind === 'not-deleted')
        return ['show-token', 'store-token', 'delete-token', 'leave-token', 'recheck'];
      return fate.kind === 'deleting' ? ['recheck', 'leave-token'] : end;
    }
    case 'unsealing': {
      const node = nodeNow(state.nodes);
      if (!node) return ['recheck', 'waive-node', ...end];
      if (node.pending || node.resetting) return ['recheck'];
      return ['give-share', 'recheck', 'reset-unseal', 'waive-node'];
    }
    case 'promoting':
      return ['recheck'];
    case 'watching':
      return state.doubt
        ? [
            'recheck',
            'state-fencing',
            'promote',
            ...('batchToken' in state ? (['choose-way'] as const) : []),
          ]
        : ['recheck'];
    case 'aftercare': {
      if (!('token' in state)) return ['recheck', ...end];
      const { fate } = state.token;
      if (fate.kind === 'kept' || fate.kind === 'not-deleted')
        return ['delete-token', 'leave-token', 'recheck'];
      return fate.kind === 'deleting' ? ['recheck', 'leave-token'] : ['recheck', ...end];
    }
    case 'ended':
      return [];
  }
}

/** What only a failover, or only an attempt, has a use for. */
function hasUse(purpose: Purpose, command: CommandName): boolean {
  switch (purpose) {
    case 'dr-operation-token':
      return true;
    case 'root-token':
      return !ofFailover.has(command);
    case 'unseal':
      return !ofFailover.has(command) && command !== 'cancel-found';
  }
}

const ofFailover: ReadonlySet<CommandName> = new Set<CommandName>([
  'choose-way',
  'no-vault-token',
  'use-batch-token',
  'arm',
  'set-pin',
  'set-signing-key',
  'claim-found',
  'join',
  'look-at-primary',
  'snapshot-primary',
  'demote-primary',
]);

const onTheWay = ['choose-way', 'use-batch-token'] as const;

/** The server wants a Vault token, and none that it takes is at hand. */
const mayLackToken = (state: CeremonyState): boolean =>
  state.phase === 'preflight' &&
  state.preflight?.tokenNeeded === true &&
  state.preflight.required === undefined &&
  state.way?.way === 'ceremony';
