import { z } from 'zod';
import { profileIdSchema } from '../ids.ts';
import { depthSchema, siteReadingSchema } from '../topology/reading.ts';
import { nothing } from './common.ts';
import { call } from './define.ts';

/** More than any list shows; a request with more is not ours. */
const mostSites = 2_000;

export const topologyCalls = {
  /**
   * From now on exactly these sites are looked at, until the next such call: what is on the screen
   * is looked at, and nothing else. Answers with what is known of them already.
   */
  'topology.watch': call(
    z.strictObject({
      sites: z
        .array(z.strictObject({ profileId: profileIdSchema, depth: depthSchema }))
        .max(mostSites),
    }),
    z.array(siteReadingSchema),
  ),
  /** Looks at these, among those that are watched, without waiting for their turn. */
  'topology.look-now': call(
    z.strictObject({ profileIds: z.array(profileIdSchema).max(mostSites) }),
    nothing,
  ),
} as const;

export const topologyPushes = {
  /** What is new of the sites that are watched: at most a few times a second, however many they are. */
  'topology.readings': z.strictObject({ sites: z.array(siteReadingSchema) }),
} as const;
