import type { Purpose } from '../../../shared/ceremony/purpose.ts';

/** What a ceremony is held for, where several of one cluster stand side by side. */
export const purposeWords: Readonly<Record<Purpose, string>> = {
  'dr-operation-token': 'Failover',
  'root-token': 'Root token',
  unseal: 'Unseal',
};
