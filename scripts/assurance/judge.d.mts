import type { Claim } from './case.mjs';
import type { Results } from './results.mjs';

export interface Judged {
  readonly faults: readonly string[];
  readonly notes: readonly string[];
  readonly counts: { readonly evidence: number; readonly shown: number };
}
export function judgeCase(given: {
  readonly claims: readonly Claim[];
  readonly promises: readonly string[];
  readonly sourceOf: (path: string) => string | undefined;
  readonly results: Results;
  readonly deep: boolean;
}): Judged;
