import { useCallback, useEffect, useState } from 'react';
import type { ProfileId } from '../../../shared/ids.ts';
import type { Problem } from '../../../shared/problem.ts';
import { mergeReadings, type Depth, type SiteReading } from '../../../shared/topology/reading.ts';
import { useBridge } from './client.ts';
import { usePush } from './use-push.ts';

export type Sites = ReadonlyMap<ProfileId, SiteReading>;

export interface SitesHandle {
  /** What is known of each; a site whose reading did not change keeps the same object. */
  readonly sites: Sites;
  readonly problem: Problem | undefined;
  readonly lookNow: () => void;
}

/**
 * Has main look at these sites while this screen is shown and the window is not hidden, and at no
 * other. Nothing is contacted for an empty list.
 */
export function useSites(ids: readonly ProfileId[], depth: Depth): SitesHandle {
  const client = useBridge();
  const [sites, setSites] = useState<Sites>(new Map());
  const [problem, setProblem] = useState<Problem>();
  const wanted = ids.join(' ');

  usePush('topology.readings', ({ sites: news }) => setSites((known) => merged(known, news)));
  useEffect(() => {
    const profileIds = wanted === '' ? [] : wanted.split(' ');
    const watch = async (shown: boolean) => {
      const asked = shown ? profileIds.map((profileId) => ({ profileId, depth })) : [];
      const result = await client.call('topology.watch', { sites: asked });
      if (result.ok) setSites((known) => merged(known, result.value));
      setProblem(result.ok ? undefined : result.problem);
    };
    const onVisibility = () => void watch(!document.hidden);
    onVisibility();
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      document.removeEventListener('visibilitychange', onVisibility);
      if (profileIds.length > 0) void client.call('topology.watch', { sites: [] });
    };
  }, [client, wanted, depth]);

  const lookNow = useCallback(() => {
    const profileIds = wanted === '' ? [] : wanted.split(' ');
    void client.call('topology.look-now', { profileIds });
  }, [client, wanted]);
  return { sites, problem, lookNow };
}

function merged(known: Sites, news: readonly SiteReading[]): Sites {
  if (news.length === 0) return known;
  const next = new Map(known);
  for (const site of news) next.set(site.profileId, mergeReadings(known.get(site.profileId), site));
  return next;
}
