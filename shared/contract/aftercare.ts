import { z } from 'zod';
import { afterItemIdSchema, afterTaskSchema } from '../ceremony/aftercare.ts';
import { personSchema } from '../ids.ts';
import { profileSchema } from '../profile.ts';
import { batchTokenIdSchema } from '../shift/batch-token.ts';
import { nothing, ofCeremony } from './common.ts';
import { call } from './define.ts';

/** The guide's calls for the checklist after the promotion. What needs a token has a page of its own. */
export const aftercareCalls = {
  /** Reads the servers for one item; what they show is an event. */
  'aftercare.check': call(ofCeremony.extend({ item: afterItemIdSchema }), nothing),
  /** What a person says of an item: done, waived with the reason, or still open. */
  'aftercare.settle': call(
    ofCeremony.extend({
      item: afterItemIdSchema,
      outcome: z.enum(['done', 'waived', 'open']),
      by: personSchema,
      says: z.string().trim().min(1).max(2000),
    }),
    nothing,
  ),
  /** Attaches the old primary with a batch token of the keychain and the activation token in memory. */
  'aftercare.attach': call(
    ofCeremony.extend({ token: batchTokenIdSchema, by: personSchema }),
    nothing,
  ),
  /** The profile for failing back, its secondary id as this failover's activation named it. */
  'aftercare.way-back': call(ofCeremony, profileSchema),
  /** Practice only: the token that the operator of the cluster in question would have brought. */
  'aftercare.practise': call(ofCeremony.extend({ task: afterTaskSchema }), nothing),
} as const;
