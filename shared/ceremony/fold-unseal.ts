import { preparedOf } from './base.ts';
import type { CeremonyEvent, EventOf } from './events.ts';
import type { CeremonyState, StateIn } from './state.ts';
import { notNow, refuse, to, type Step } from './step.ts';
import type { SealedNode, SealReading, UnsealNode } from './unseal.ts';

type UnsealEvent = Extract<CeremonyEvent, { type: `unseal.${string}` }>;

/** Node by node: shares counted, forgotten or given elsewhere, until each is open or left out. */
export function applyToUnseal(state: CeremonyState, event: UnsealEvent, at: string): Step {
  if (event.type === 'unseal.begun') {
    if (state.phase !== 'ready') return notNow(state, event);
    if (!event.nodes.some(({ standing }) => standing === 'sealed'))
      return refuse('No node is sealed.');
    const known = new Set(event.nodes.map(({ node }) => node));
    if (known.size !== event.nodes.length) return refuse('A node is named twice.');
    return to({ ...preparedOf(state), phase: 'unsealing', nodes: event.nodes.map(fresh) });
  }
  if (state.phase !== 'unsealing') return notNow(state, event);
  if (event.type === 'unseal.read') return read(state, event);
  const node = state.nodes.find((one) => one.node === event.node);
  if (!node) return refuse('This node is not one of those that were read at the start.');
  if (event.type === 'unseal.waived') return waive(state, node, event);
  if (node.standing !== 'sealed') return refuse('This node is not sealed.');
  const changed = onSealed(node, event, at);
  return typeof changed === 'string' ? refuse(changed) : to(withNode(state, changed));
}

type SealedEvent = Exclude<UnsealEvent, EventOf<'unseal.begun' | 'unseal.read' | 'unseal.waived'>>;

/** @returns the node as it is now, or why the event cannot follow. */
function onSealed(node: SealedNode, event: SealedEvent, at: string): UnsealNode | string {
  const { pending } = node;
  switch (event.type) {
    case 'unseal.share.intended':
      if (pending) return 'The outcome of the share before is not known yet.';
      if (node.resetting) return 'The outcome of the reset is not known yet.';
      if (event.progressBefore !== node.progress)
        return 'The progress is not the one this share was given at.';
      if (node.given.some(({ fingerprint }) => fingerprint === event.fingerprint))
        return 'The same share twice in one round.';
      return {
        ...node,
        trouble: undefined,
        pending: {
          at,
          holder: event.holder,
          fingerprint: event.fingerprint,
          progressBefore: event.progressBefore,
          unknown: undefined,
        },
      };

    case 'unseal.share.accepted':
      if (!pending) return 'No share is under way.';
      if (event.progress <= pending.progressBefore || event.progress >= node.required)
        return 'The progress does not follow from this share.';
      return { ...node, progress: event.progress, pending: undefined, given: withPending(node) };

    case 'unseal.share.refused':
      if (!pending) return 'No share is under way.';
      return { ...node, pending: undefined, trouble: event.problem };

    case 'unseal.share.unknown':
      if (!pending) return 'No share is under way.';
      return { ...node, pending: { ...pending, unknown: event.problem } };

    case 'unseal.round.failed':
      if (!pending) return 'No share is under way.';
      return { ...emptied(node), trouble: event.problem };

    case 'unseal.done':
      return { standing: 'unsealed', node: node.node };

    case 'unseal.reset.intended':
      if (pending) return 'The outcome of the share before is not known yet.';
      return { ...node, resetting: true };

    case 'unseal.reset.done':
      return node.resetting ? emptied(node) : 'No reset is under way.';

    case 'unseal.reset.failed':
      if (!node.resetting) return 'No reset is under way.';
      return { ...node, resetting: false, trouble: event.problem };
  }
}

function waive(
  state: StateIn<'unsealing'>,
  node: UnsealNode,
  { by, why }: EventOf<'unseal.waived'>,
): Step {
  if (node.standing === 'unsealed' || node.standing === 'waived')
    return refuse('This node is settled already.');
  const was = node.standing === 'sealed' ? 'sealed' : 'not-visible';
  const how = was === 'sealed' ? 'was left sealed' : 'was not visible, and was left as it is';
  const item = `${node.node} ${how}. Decided by ${by}: ${why}`;
  const waived: UnsealNode = { standing: 'waived', node: node.node, was, by, why };
  return to({ ...withNode(state, waived), openItems: [...state.openItems, item] });
}

/** The node's own word settles what was not known: a share under way, a reset, a round. */
function read(state: StateIn<'unsealing'>, { reading }: EventOf<'unseal.read'>): Step {
  const before = state.nodes.find(({ node }) => node === reading.node);
  if (!before) return refuse('This node is not one of those that were read at the start.');
  if (before.standing === 'waived') return refuse('This node was left out.');
  return to(withNode(state, after(before, reading)));
}

function after(before: UnsealNode, reading: SealReading): UnsealNode {
  if (reading.standing !== 'sealed') return { standing: reading.standing, node: reading.node };
  if (before.standing !== 'sealed') return fresh(reading);
  const { pending } = before;
  const settled = { ...before, resetting: false, pending: undefined, required: reading.required };
  const counted = pending && reading.progress > pending.progressBefore;
  const given = counted ? withPending(before) : before.given;
  const forgotten = reading.progress < before.progress || given.length > reading.progress;
  return forgotten
    ? { ...emptied(settled), progress: reading.progress }
    : { ...settled, given, progress: reading.progress };
}

function fresh(reading: SealReading): UnsealNode {
  if (reading.standing !== 'sealed') return { standing: reading.standing, node: reading.node };
  const { node, required, progress } = reading;
  const nothing = { given: [], pending: undefined, trouble: undefined, resetting: false };
  return { standing: 'sealed', node, required, progress, round: 1, ...nothing };
}

const emptied = (node: SealedNode): SealedNode => ({
  ...node,
  round: node.round + 1,
  progress: 0,
  given: [],
  pending: undefined,
  trouble: undefined,
  resetting: false,
});

function withPending({ given, pending }: SealedNode): SealedNode['given'] {
  if (!pending) return given;
  const { at, holder, fingerprint } = pending;
  return [...given, { at, holder, fingerprint }];
}

const withNode = (state: StateIn<'unsealing'>, changed: UnsealNode): StateIn<'unsealing'> => ({
  ...state,
  nodes: state.nodes.map((one) => (one.node === changed.node ? changed : one)),
});
