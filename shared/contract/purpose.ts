import { z } from 'zod';
import { instantSchema, nodeAddressSchema, personSchema } from '../ids.ts';
import { nothing, ofCeremony } from './common.ts';
import { call } from './define.ts';

const sentence = z.string().trim().min(1).max(2000);

/** What only a root-token ceremony, or only unsealing, asks of main. */
export const purposeCalls = {
  /** The root token stays in the keychain for a while: who answers for it, and when it is revoked. */
  'ceremony.store-token': call(
    ofCeremony.extend({ owner: personSchema, why: sentence, until: instantSchema }),
    nothing,
  ),
  /** The node whose turn it is forgets the shares given so far. */
  'ceremony.reset-unseal': call(ofCeremony.extend({ by: personSchema, why: sentence }), nothing),
  /** A node is left sealed for now: an open item. */
  'ceremony.waive-node': call(
    ofCeremony.extend({ node: nodeAddressSchema, by: personSchema, why: sentence }),
    nothing,
  ),
} as const;
