import type { Check, CheckId } from '../../shared/self-test.ts';

/** The four answers a check can give, each with what was seen; three of them with what to do. */
export const answersOf = (id: CheckId) => ({
  fine: (what: string): Check => ({ id, level: 'ok', what, todo: '' }),
  look: (what: string, todo: string): Check => ({ id, level: 'warning', what, todo }),
  stop: (what: string, todo: string): Check => ({ id, level: 'stop', what, todo }),
  unknown: (what: string, todo: string): Check => ({ id, level: 'unknown', what, todo }),
});
