import { expect, it } from 'vitest';
import type { Recorded } from '../../../shared/ceremony/events.ts';
import { pageOf } from '../../fakes/page-of-scene.ts';

/*
 * A Vault token is in memory only. After a restart every step that asks a Vault >= 2.0 about the
 * attempt must let it be entered again: else the check is refused, and nothing leads on.
 */
const where =
  (tokenNeeded: boolean) =>
  (record: Recorded): Recorded =>
    record.event.type === 'preflight.checked'
      ? { ...record, event: { ...record.event, tokenNeeded } }
      : record;

it.each(['starting', 'collecting-pending', 'collecting-cancelling', 'superseded', 'gone'])(
  '%s lets the Vault token be entered again',
  (name) => {
    expect(pageOf(name, where(true))).toContain('Enter the Vault token');
    expect(pageOf(name, where(false))).not.toContain('Enter the Vault token');
  },
);
