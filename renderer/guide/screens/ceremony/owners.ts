import type { RailStep } from './shown-step.ts';

/** Who acts at a step. Others watch. */
export type Owner =
  'Operator' | 'Key holders' | 'Operator and second person' | 'Server administrator';

export const ownerOf: Readonly<Record<RailStep, Owner>> = {
  preflight: 'Operator',
  people: 'Operator',
  start: 'Operator',
  shares: 'Key holders',
  decode: 'Operator',
  promote: 'Operator and second person',
  watch: 'Operator',
  after: 'Operator',
};

export const nameOf: Readonly<Record<RailStep, string>> = {
  preflight: 'Preflight',
  people: 'People',
  start: 'Start',
  shares: 'Shares',
  decode: 'Decode',
  promote: 'Promote',
  watch: 'Watch',
  after: 'After',
};
