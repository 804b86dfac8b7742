import { openChecks } from '../script/steps.ts';
import { stepIds } from '../script/schema.ts';
import { endings, leftOpen } from './fold.ts';
import { heldBack } from './in-force.ts';
import type { CeremonyState } from './state.ts';

/** Everything a person can ask a ceremony to do. One name each, for rules, contract and screen. */
export const commandNames = [
  'preflight',
  'set-roster',
  'set-pin',
  'settle-check',
  'start',
  'cancel',
  'cancel-found',
  'confirm-nonce',
  'give-share',
  'name-elsewhere',
  'recheck',
  'show-otp',
  'restore-otp',
  'keep-encoded-token',
  'decode',
  'state-fencing',
  'promote',
  'delete-token',
  'leave-token',
  'leave',
  'end',
] as const;
export type CommandName = (typeof commandNames)[number];

/** What may be asked next. The conductor refuses everything else; the screen offers nothing else. */
export function possible(state: CeremonyState): readonly CommandName[] {
  const now = inThisPhase(state).filter((command) => heldBack(state, command).length === 0);
  const checks = stepIds.some((step) => openChecks(state, step).length > 0);
  return [
    ...now,
    ...(checks && state.phase !== 'ended' ? (['settle-check'] as const) : []),
    ...(leftOpen(state) ? (['leave'] as const) : []),
  ];
}

/** What the phase alone would allow. */
function inThisPhase(state: CeremonyState): readonly CommandName[] {
  const end: CommandName[] = endings(state).length > 0 ? ['end'] : [];
  switch (state.phase) {
    case 'preflight':
      return ['preflight', 'cancel-found', ...end];
    case 'roster':
      return ['preflight', 'set-roster', ...end];
    case 'ready':
      return ['preflight', 'set-roster', 'set-pin', 'start', 'recheck', 'cancel-found', ...end];
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
        'recheck',
        ...(attempt.key ? [] : (['show-otp', 'restore-otp'] as const)),
        'cancel',
        ...(unnamed ? (['name-elsewhere'] as const) : []),
      ];
    }
    case 'superseded':
    case 'gone':
      return ['recheck', 'start', 'cancel-found', ...end];
    case 'complete':
      return ['decode', 'recheck', ...(state.attempt.key ? [] : (['restore-otp'] as const))];
    case 'decoded': {
      const { fate } = state.token;
      if (fate.kind === 'kept' || fate.kind === 'not-deleted')
        return [
          'state-fencing',
          'delete-token',
          'leave-token',
          'recheck',
          ...(state.fencing ? (['promote'] as const) : []),
        ];
      return fate.kind === 'deleting' ? ['recheck', 'leave-token'] : end;
    }
    case 'promoting':
      return ['recheck'];
    case 'watching':
      return state.doubt ? ['recheck', 'promote'] : ['recheck'];
    case 'aftercare': {
      const { fate } = state.token;
      if (fate.kind === 'kept' || fate.kind === 'not-deleted')
        return ['delete-token', 'leave-token', 'recheck'];
      return fate.kind === 'deleting' ? ['recheck', 'leave-token'] : end;
    }
    case 'ended':
      return [];
  }
}
