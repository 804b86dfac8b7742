import type { GuideCalls, Office } from './handlers.ts';

/** The checklist after the promotion. Each is one line: the conductor knows the rules. */
export function aftercareCalls({ ceremonies }: Office): GuideCalls<'aftercare'> {
  return {
    'aftercare.check': async ({ id, item }) => (await ceremonies.take(id)).checkAfter(item),
    'aftercare.settle': async ({ id, ...settled }) =>
      (await ceremonies.take(id)).settleAfter(settled),
    'aftercare.attach': async ({ id, token, by }) =>
      (await ceremonies.take(id)).attachWithBatchToken(token, by),
  };
}
