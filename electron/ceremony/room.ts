import type { Cluster, TrustedLeaf } from '../../shared/ceremony/events.ts';
import type { ExpiredLeaf } from '../../shared/ceremony/findings.ts';
import type { AttemptFamily } from '../../shared/ceremony/purpose.ts';
import type { Comparison } from '../../shared/ceremony/lag.ts';
import type { CeremonyId, NodeAddress } from '../../shared/ids.ts';
import type { Neighbour } from '../../shared/profile.ts';
import type { BatchTokenId, KeptBatchToken } from '../../shared/shift/batch-token.ts';
import type { Secret } from '../../shared/secret.ts';
import type { CeremonySecrets } from '../keychain/ceremony-secrets.ts';
import type { Connection } from '../vault/connection.ts';
import type { CeremonyLog } from './ceremony-log.ts';
import type { ExpiredSeen } from './expired-seen.ts';

export interface ConnectOptions {
  readonly timeoutMs?: number;
  /** In place of the expired certificates that the ceremony's record says are trusted. */
  readonly trusted?: readonly TrustedLeaf[];
  /** Told of each call: the expired certificate it was refused for, or that the certificate was accepted. */
  readonly onCertificate?: (node: NodeAddress, expired: ExpiredLeaf | undefined) => void;
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
    /** Those that are kept for the way back: they promote the old primary again. */
    listBack(): Promise<readonly KeptBatchToken[]>;
    read(id: BatchTokenId): Promise<Secret<'batch-token'> | undefined>;
  };
  /** A kept batch token that stands in for the operator's Vault token. In memory only, until the lock. */
  borrowed: Secret<'vault-token'> | undefined;
  keychainWorks(): Promise<{ readonly works: boolean; readonly sentence: string }>;
  /** Signs the record up to its last event with this installation's key. */
  sign(): Promise<void>;
  /** What of the site a failover leaves standing, and where clients ask. */
  site(): { readonly clientAddress?: NodeAddress; readonly others: readonly Neighbour[] };
  /** A way to the address that clients use, and to nothing else. */
  connectToClients(options?: ConnectOptions): Promise<Connection>;
  /** The expired certificates that a call of this run was refused for, and that nobody trusts yet. */
  readonly expired: ExpiredSeen;
  /** Keyturn's own: nothing that outlives it is put there. */
  readonly dataFolder: string;
  /** For the old primary, from the new one. In memory only, for one call. */
  activation: Secret<'activation-token'> | undefined;
  /** An encoded token that Vault handed out and the keychain would not take. In memory only. */
  unkept: Secret<'encoded-token'> | undefined;
}

/** The endpoints that this ceremony's attempt lives at: those that preflight found, else its purpose's. */
export function familyOf({ log }: Pick<Room, 'log'>): AttemptFamily {
  const { state } = log;
  const found = 'preflight' in state ? state.preflight?.family : undefined;
  return found ?? (state.purpose === 'root-token' ? 'root-token' : 'dr-operation-token');
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
