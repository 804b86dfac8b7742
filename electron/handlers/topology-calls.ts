import type { GuideCalls, Office } from './handlers.ts';

/** What the map and the lists ask: which sites are on the screen, and to look at some of them now. */
export function topologyCalls({ poller }: Office): GuideCalls<'topology'> {
  return {
    'topology.watch': async ({ sites }) => [...poller.watch(sites)],
    'topology.look-now': async ({ profileIds }) => poller.lookNow(profileIds),
  };
}
