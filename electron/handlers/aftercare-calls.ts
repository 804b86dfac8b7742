import type { GuideCalls, Office } from './handlers.ts';

/** The checklist after the promotion. Each is one line: the conductor knows the rules. */
export function aftercareCalls({
  ceremonies,
  practice,
  clusters,
}: Office): GuideCalls<'aftercare'> {
  return {
    'aftercare.check': async ({ id, item }) => (await ceremonies.take(id)).after.check(item),
    'aftercare.settle': async ({ id, ...settled }) =>
      (await ceremonies.take(id)).after.settle(settled),
    'aftercare.attach': async ({ id, token, by }) =>
      (await ceremonies.take(id)).after.attachWithBatchToken(token, by),
    'aftercare.way-back': async ({ id }) => {
      const { state } = await ceremonies.take(id);
      const activated = state.phase === 'aftercare' ? state.after?.calls.activate : undefined;
      return clusters.makeWayBack(state.cluster.profileId, activated?.secondaryId);
    },
    'aftercare.practise': async ({ id, task }) => {
      const conductor = await ceremonies.take(id);
      const primary = practice.operatorToken(conductor.state.cluster.profileId);
      const token = task.kind === 'follow' ? practice.performanceRootToken : primary;
      await conductor.after.act(task, token ?? primary);
    },
  };
}
