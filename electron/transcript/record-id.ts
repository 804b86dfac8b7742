import { randomBytes } from 'node:crypto';
import { ceremonyIdSchema, type CeremonyId } from '../../shared/ids.ts';

/** A new record's name: the time in UTC, and four random bytes. */
export function newRecordId(now: Date): CeremonyId {
  const stamp = now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  return ceremonyIdSchema.parse(`${stamp}-${randomBytes(4).toString('hex')}`);
}
