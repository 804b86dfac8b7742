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
