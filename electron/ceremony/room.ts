import type { Cluster, TrustedLeaf } from '../../shared/ceremony/events.ts';
import type { Comparison } from '../../shared/ceremony/lag.ts';
import type { CeremonyId } from '../../shared/ids.ts';
import type { BatchTokenId, KeptBatchToken } from '../../shared/shift/batch-token.ts';
import type { Secret } from '../../shared/secret.ts';
import type { CeremonySecrets } from '../keychain/ceremony-secrets.ts';
import type { Connection } from '../vault/connection.ts';
import type { CeremonyLog } from './ceremony-log.ts';

export interface ConnectOptions {
  readonly timeoutMs?: number;
  /** In place of the expired certificates that the ceremony's record says are trusted. */
  readonly trusted?: readonly TrustedLeaf[];
}

/** What the steps of one ceremony work with. One room a ceremony; every step gets it handed in. */
export interface Room {
  readonly id: CeremonyId;
  readonly log: CeremonyLog;
  readonly secrets: CeremonySecrets;
  /** The cluster as its profile describes it now: nodes may have been added since the opening. */
  cluster(): Cluster;
  /** A way to the cluster's nodes and its primary's, and to nothing else. */
  connect(options?: ConnectOptions): Promise<Connection>;
  /** Where the primary stood when it was last read, for this cluster's profile. */
  readonly comparisons: { last(): Comparison | undefined; keep(read: Comparison): void };
  /** The operator's Vault token, where one was entered in this run. */
  vaultToken(): Secret<'vault-token'> | undefined;
  /** The DR operation batch tokens that are kept for this cluster and have not expired. */
  readonly batchTokens: {
    list(): Promise<readonly KeptBatchToken[]>;
    read(id: BatchTokenId): Promise<Secret<'batch-token'> | undefined>;
  };
  /** A kept batch token that stands in for the operator's Vault token. In memory only, until the lock. */
  borrowed: Secret<'vault-token'> | undefined;
  keychainWorks(): Promise<{ readonly works: boolean; readonly sentence: string }>;
  /** Signs the record up to its last event with this installation's key. */
  sign(): Promise<void>;
  /** An encoded token that Vault handed out and the keychain would not take. In memory only. */
  unkept: Secret<'encoded-token'> | undefined;
}

/** Opens a connection for one piece of work and closes it whatever happens. */
export async function withConnection<T>(
  room: Pick<Room, 'connect'>,
  work: (connection: Connection) => Promise<T>,
  options?: ConnectOptions,
): Promise<T> {
  const connection = await room.connect(options);
  try {
    return await work(connection);
  } finally {
    connection.close();
  }
}
