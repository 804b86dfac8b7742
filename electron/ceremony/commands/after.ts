import type { EventOf } from '../../../shared/ceremony/events.ts';
import type { AfterItemId, AfterTask } from '../../../shared/ceremony/aftercare.ts';
import { mayDemote } from '../../../shared/ceremony/fold-preflight.ts';
import type { Secret } from '../../../shared/secret.ts';
import type { BatchTokenId } from '../../../shared/shift/batch-token.ts';
import { checkAfter } from '../../failover/aftercare.ts';
import { actAfter, attachWithBatchToken } from '../../failover/aftercare-calls.ts';
import { snapshotPrimary } from '../../failover/snapshot.ts';
import { Commands } from './commands.ts';

/** The checklist after the promotion. */
export class AfterCommands extends Commands {
  /** Reads the servers for one item of it. */
  check(item: AfterItemId): Promise<void> {
    return this.command('check-after', 'Reading the servers', () => checkAfter(this.room, item));
  }

  settle(settled: Omit<EventOf<'after.settled'>, 'type'>): Promise<void> {
    return this.command('settle-after', 'Writing it down', () =>
      this.record({ type: 'after.settled', ...settled }),
    );
  }

  /** A thing of the checklist that needs a token. The snapshot may be taken before a demotion already. */
  act(task: AfterTask, token: Secret<'vault-token'>): Promise<void> {
    if (task.kind === 'snapshot' && mayDemote(this.state))
      return this.command('snapshot-primary', 'Taking a snapshot of the primary', () =>
        snapshotPrimary(this.room, token, task.file),
      );
    return this.command('act-after', 'Sending it, then reading the servers', () =>
      actAfter(this.room, task, token),
    );
  }

  attachWithBatchToken(id: BatchTokenId, by: string): Promise<void> {
    return this.command('act-after', 'Attaching the old primary', () =>
      attachWithBatchToken(this.room, id, by),
    );
  }
}
