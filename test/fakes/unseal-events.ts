import type { CeremonyEvent } from '../../shared/ceremony/events.ts';
import type { NodeAddress, ShareFingerprint } from '../../shared/ids.ts';
import type { Problem } from '../../shared/problem.ts';

/** One of every event of a root token's end and of unsealing. */
export const everyPurposeEvent = (
  node: NodeAddress,
  fingerprint: ShareFingerprint,
  problem: Problem,
  small: number,
): CeremonyEvent[] => [
  { type: 'token.shown', to: 'Robin', agreedBy: 'Wim' },
  { type: 'token.stored', owner: 'Nadia', why: 'policies', until: '2026-11-24T03:00:00.000Z' },
  {
    type: 'unseal.begun',
    nodes: [{ node, standing: 'sealed', required: 3, progress: small % 3 }],
  },
  { type: 'unseal.read', reading: { node, standing: 'sealed', required: 3, progress: small % 3 } },
  { type: 'unseal.share.intended', node, holder: 'Ana', fingerprint, progressBefore: small % 3 },
  { type: 'unseal.share.accepted', node, progress: small % 3 },
  { type: 'unseal.share.refused', node, problem },
  { type: 'unseal.share.unknown', node, problem },
  { type: 'unseal.round.failed', node, problem },
  { type: 'unseal.reset.intended', node, by: 'Robin', why: 'a mistyped share' },
  { type: 'unseal.reset.done', node },
  { type: 'unseal.reset.failed', node, problem },
  { type: 'unseal.waived', node, by: 'Robin', why: 'it is broken' },
  { type: 'unseal.done', node },
];
