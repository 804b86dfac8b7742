import { z } from 'zod';
import type { VaultNode } from './node.ts';
import { count, maybe, maybeText, mode, number } from './fields.ts';
import { replicationSection, type ReplicationSection } from './replication-section.ts';

/** Every state answers 299, so that no proxy or client takes a state for an error (docs, sys/health). */
const healthPath = `sys/health?${[
  'activecode',
  'standbycode',
  'drsecondarycode',
  'performancestandbycode',
  'haunhealthycode',
  'uninitcode',
  'sealedcode',
  'removedcode',
]
  .map((name) => `${name}=299`)
  .join('&')}`;

const licenceSchema = z
  .object({ state: maybeText, expiry_time: maybeText, terminated: maybe(z.boolean()) })
  .transform((raw) => ({
    state: raw.state,
    /** RFC 3339. */
    expiryTime: raw.expiry_time,
    terminated: raw.terminated,
  }));

const healthSchema = z
  .object({
    initialized: z.boolean(),
    sealed: z.boolean(),
    standby: maybe(z.boolean()),
    performance_standby: maybe(z.boolean()),
    replication_dr_mode: maybe(mode),
    replication_performance_mode: maybe(mode),
    server_time_utc: maybe(number),
    version: maybeText,
    enterprise: maybe(z.boolean()),
    cluster_name: maybeText,
    cluster_id: maybeText,
    last_wal: maybe(number),
    clock_skew_ms: maybe(number),
    replication_primary_canary_age_ms: maybe(number),
    removed_from_cluster: maybe(z.boolean()),
    ha_connection_healthy: maybe(z.boolean()),
    license: maybe(licenceSchema),
  })
  .transform((raw) => ({
    initialized: raw.initialized,
    sealed: raw.sealed,
    standby: raw.standby,
    performanceStandby: raw.performance_standby,
    /** `unknown` while sealed or starting, `disabled` on a community server. */
    drMode: raw.replication_dr_mode,
    performanceMode: raw.replication_performance_mode,
    /** Seconds since 1970 by the server's clock. */
    serverTimeUtc: raw.server_time_utc,
    version: raw.version,
    enterprise: raw.enterprise,
    clusterName: raw.cluster_name,
    clusterId: raw.cluster_id,
    lastWal: raw.last_wal,
    clockSkewMs: raw.clock_skew_ms,
    primaryCanaryAgeMs: raw.replication_primary_canary_age_ms,
    removedFromCluster: raw.removed_from_cluster,
    haConnectionHealthy: raw.ha_connection_healthy,
    /** Enterprise only, and not in every version. */
    licence: raw.license,
  }));
export type Health = z.output<typeof healthSchema> & { readonly httpStatus: number };

/** `GET sys/health`: answers in every state, sealed and uninitialised too. @throws VaultFailure. */
export async function readHealth(node: VaultNode): Promise<Health> {
  const { status, value } = await node.ask(
    { method: 'GET', path: healthPath, anyStatus: true },
    healthSchema,
  );
  return { ...value, httpStatus: status };
}

const sealStatusSchema = z
  .object({
    sealed: z.boolean(),
    initialized: maybe(z.boolean()),
    type: maybeText,
    t: maybe(count),
    n: maybe(count),
    progress: maybe(count),
    nonce: maybeText,
    version: maybeText,
    migration: maybe(z.boolean()),
    cluster_name: maybeText,
    cluster_id: maybeText,
    recovery_seal: maybe(z.boolean()),
    storage_type: maybeText,
  })
  .transform((raw) => ({
    sealed: raw.sealed,
    initialized: raw.initialized,
    /** `shamir` or the KMS; with a recovery seal, `type`, `threshold` and `shares` describe that. */
    type: raw.type,
    threshold: raw.t,
    shares: raw.n,
    /** Of an unseal under way, not of a token attempt. */
    progress: raw.progress,
    nonce: raw.nonce,
    version: raw.version,
    migration: raw.migration,
    clusterName: raw.cluster_name,
    clusterId: raw.cluster_id,
    recoverySeal: raw.recovery_seal,
    storageType: raw.storage_type,
  }));
export type SealStatus = z.output<typeof sealStatusSchema>;

/** `GET sys/seal-status`. @throws VaultFailure. */
export async function readSealStatus(node: VaultNode): Promise<SealStatus> {
  return (await node.ask({ method: 'GET', path: 'sys/seal-status' }, sealStatusSchema)).value;
}

const leaderSchema = z
  .object({
    ha_enabled: z.boolean(),
    is_self: maybe(z.boolean()),
    active_time: maybeText,
    leader_address: maybeText,
    leader_cluster_address: maybeText,
    performance_standby: maybe(z.boolean()),
    performance_standby_last_remote_wal: maybe(number),
    last_wal: maybe(number),
    raft_committed_index: maybe(number),
    raft_applied_index: maybe(number),
  })
  .transform((raw) => ({
    haEnabled: raw.ha_enabled,
    isSelf: raw.is_self ?? false,
    activeTime: raw.active_time,
    /** As the server announces it; it need not be an address of the profile. */
    leaderAddress: raw.leader_address,
    leaderClusterAddress: raw.leader_cluster_address,
    performanceStandby: raw.performance_standby,
    performanceStandbyLastRemoteWal: raw.performance_standby_last_remote_wal,
    lastWal: raw.last_wal,
    raftCommittedIndex: raw.raft_committed_index,
    raftAppliedIndex: raw.raft_applied_index,
  }));
export type Leader = z.output<typeof leaderSchema>;

/** `GET sys/leader`. @throws VaultFailure, `vault.sealed` on a sealed node of a cluster. */
export async function readLeader(node: VaultNode): Promise<Leader> {
  return (await node.ask({ method: 'GET', path: 'sys/leader' }, leaderSchema)).value;
}

const replicationSchema = z
  .object({
    mode: maybe(mode),
    dr: maybe(replicationSection),
    performance: maybe(replicationSection),
  })
  .refine((raw) => raw.mode !== undefined || raw.dr !== undefined, { path: ['dr'] })
  .transform((raw) => {
    const none: ReplicationSection = replicationSection.parse({ mode: raw.mode ?? 'unknown' });
    return { dr: raw.dr ?? none, performance: raw.performance ?? none };
  });
export type Replication = z.output<typeof replicationSchema>;

/** `GET sys/replication/status`: both kinds of replication. @throws VaultFailure. */
export async function readReplication(node: VaultNode): Promise<Replication> {
  const call = { method: 'GET', path: 'sys/replication/status' } as const;
  return (await node.ask(call, replicationSchema)).value;
}

/**
 * `GET sys/replication/dr/status`. Needs no token; a community server answers
 * `vault.endpoint-missing`. @throws VaultFailure.
 */
export async function readDrStatus(node: VaultNode): Promise<ReplicationSection> {
  const call = { method: 'GET', path: 'sys/replication/dr/status' } as const;
  return (await node.ask(call, replicationSection)).value;
}
