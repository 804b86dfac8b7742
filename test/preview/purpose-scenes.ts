import { type z } from 'zod';
import type { eventSchema } from '../../shared/ceremony/events.ts';

type Draft = z.input<typeof eventSchema>;

/** The same people and the same server, for a root token. */
export const forRootToken = (events: readonly Draft[]): Draft[] =>
  events.map((draft) =>
    draft.type === 'ceremony.opened' ? { ...draft, purpose: 'root-token' } : draft,
  );

/** Two nodes sealed, one open; two shares are in at the first. */
export const unsealing = (ready: readonly Draft[], nodes: readonly string[]): Draft[] => {
  const [one = '', two = '', three = ''] = nodes;
  return [
    ...ready.map((draft): Draft =>
      draft.type === 'ceremony.opened'
        ? { ...draft, purpose: 'unseal', cluster: { ...draft.cluster, seal: 'shamir' } }
        : draft,
    ),
    {
      type: 'unseal.begun',
      nodes: [
        { node: one, standing: 'sealed', required: 3, progress: 0 },
        { node: two, standing: 'sealed', required: 3, progress: 0 },
        { node: three, standing: 'unsealed' },
      ],
    },
    {
      type: 'unseal.share.intended',
      node: one,
      holder: 'Ana',
      fingerprint: 'a'.repeat(32),
      progressBefore: 0,
    },
    { type: 'unseal.share.accepted', node: one, progress: 1 },
  ];
};

const notCounted = {
  code: 'vault.timeout',
  known: 'The node did not answer within 30 seconds.',
  safe: 'The share was sent once, and nothing of it is kept here.',
  next: 'Check the nodes: each says how many shares it counted.',
} as const;

const deniedToRoot = {
  code: 'vault.timeout',
  known: 'The node did not answer within 30 seconds.',
  safe: 'The token is still in the keychain.',
  next: 'Try again.',
} as const;

/** What becomes of a root token: shown, kept, not revoked, revoked. */
export const afterRoot = (inHand: readonly Draft[], node: string): Record<string, Draft[]> => {
  const shown: Draft[] = [...inHand, { type: 'token.shown', to: 'Robin', agreedBy: 'Wim' }];
  const revoking: Draft = { type: 'token.delete.intended', how: 'revoke-self', node };
  const revoked: Draft[] = [
    ...shown,
    revoking,
    {
      type: 'token.deleted',
      how: 'revoke-self',
      proof: 'Vault accepted it before, revoked it, and answers "permission denied" to it now.',
    },
  ];
  return {
    'root-shown': shown,
    'root-kept': [
      ...shown,
      {
        type: 'token.stored',
        owner: 'Robin',
        why: 'The auth method is repaired during the night.',
        until: '2026-11-24T06:00:00.000Z',
      },
    ],
    'root-not-revoked': [
      ...shown,
      revoking,
      { type: 'token.delete.failed', how: 'revoke-self', problem: deniedToRoot },
    ],
    'root-settled': revoked,
    'root-ended': [...revoked, { type: 'ceremony.ended', outcome: 'closed' }],
  };
};

/** Beside the usual round: before it, after a failed one, a lost reply, a node out of sight, the end. */
export const afterUnsealing = (
  events: readonly Draft[],
  nodes: readonly string[],
): Record<string, Draft[]> => {
  const [one = '', two = ''] = nodes;
  const given = (holder: string, letter: string, progressBefore: number): Draft => ({
    type: 'unseal.share.intended',
    node: one,
    holder,
    fingerprint: letter.repeat(32),
    progressBefore,
  });
  const done: Draft[] = [
    ...events,
    { type: 'unseal.read', reading: { node: one, standing: 'unsealed' } },
    {
      type: 'unseal.waived',
      node: two,
      by: 'Robin',
      why: 'Its disk is being replaced.',
    },
  ];
  return {
    'unseal-ready': events.slice(
      0,
      events.findIndex(({ type }) => type === 'unseal.begun'),
    ),
    'unseal-failed': [
      ...events,
      given('Ben', 'b', 1),
      { type: 'unseal.share.accepted', node: one, progress: 2 },
      given('Chidi', 'c', 2),
      {
        type: 'unseal.round.failed',
        node: one,
        problem: {
          code: 'vault.shares-do-not-combine',
          known: `All shares are in, and they did not unseal ${one}. At least one of them is mistyped, belongs to another cluster, or was given twice. The server cannot say which one.`,
          safe: 'The node is sealed as before, and has forgotten every share of this round.',
          next: 'Every holder gives their share again.',
        },
      },
    ],
    'unseal-unknown': [
      ...events,
      given('Ben', 'b', 1),
      { type: 'unseal.share.unknown', node: one, problem: notCounted },
    ],
    'unseal-not-visible': [
      ...events,
      { type: 'unseal.read', reading: { node: one, standing: 'unsealed' } },
      { type: 'unseal.read', reading: { node: two, standing: 'not-visible' } },
    ],
    'unseal-done': done,
    'unseal-ended': [...done, { type: 'ceremony.ended', outcome: 'closed' }],
  };
};
