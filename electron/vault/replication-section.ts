import { z } from 'zod';
import { listOf, maybe, maybeText, mode, number, text } from './fields.ts';

/** The other side of a replication link, as this side sees it. */
const counterpart = z
  .object({
    node_id: maybeText,
    api_address: maybeText,
    cluster_address: maybeText,
    connection_status: maybeText,
    last_heartbeat: maybeText,
    last_heartbeat_duration_ms: maybe(number),
    clock_skew_ms: maybe(number),
    replication_primary_canary_age_ms: maybe(number),
  })
  .transform((raw) => ({
    nodeId: raw.node_id,
    apiAddress: raw.api_address,
    clusterAddress: raw.cluster_address,
    /** `connected` or `disconnected`. */
    connectionStatus: raw.connection_status,
    lastHeartbeat: raw.last_heartbeat,
    lastHeartbeatDurationMs: raw.last_heartbeat_duration_ms,
    clockSkewMs: raw.clock_skew_ms,
    primaryCanaryAgeMs: raw.replication_primary_canary_age_ms,
  }));

/**
 * What a cluster says of its DR (or performance) replication. Which fields are there depends on
 * the mode and the version (Vault docs, "Check DR status").
 */
export const replicationSection = z
  .object({
    mode,
    cluster_id: maybeText,
    state: maybeText,
    connection_state: maybeText,
    secondary_id: maybeText,
    primary_cluster_addr: maybeText,
    known_primary_cluster_addrs: listOf(text),
    known_secondaries: listOf(text),
    primaries: listOf(counterpart),
    secondaries: listOf(counterpart),
    last_wal: maybe(number),
    last_dr_wal: maybe(number),
    last_performance_wal: maybe(number),
    last_remote_wal: maybe(number),
    last_start: maybeText,
    merkle_root: maybeText,
    corrupted_merkle_tree: maybe(z.boolean()),
    reindex_in_progress: maybe(z.boolean()),
    reindex_stage: maybeText,
    reindex_building_progress: maybe(number),
    reindex_building_total: maybe(number),
  })
  .transform((raw) => ({
    mode: raw.mode,
    /** The same for a primary and all its DR secondaries. */
    clusterId: raw.cluster_id,
    /** On a secondary `stream-wals` is good; `merkle-diff` and `merkle-sync` are catching up. */
    state: raw.state,
    connectionState: raw.connection_state,
    secondaryId: raw.secondary_id,
    primaryClusterAddr: raw.primary_cluster_addr,
    knownPrimaryClusterAddrs: raw.known_primary_cluster_addrs,
    knownSecondaries: raw.known_secondaries,
    primaries: raw.primaries,
    secondaries: raw.secondaries,
    lastWal: raw.last_wal,
    lastDrWal: raw.last_dr_wal,
    lastPerformanceWal: raw.last_performance_wal,
    /** The last write received from the primary; no server computes a lag from it. */
    lastRemoteWal: raw.last_remote_wal,
    lastStart: raw.last_start,
    merkleRoot: raw.merkle_root,
    corruptedMerkleTree: raw.corrupted_merkle_tree,
    reindexInProgress: raw.reindex_in_progress,
    reindexStage: raw.reindex_stage,
    reindexBuildingProgress: raw.reindex_building_progress,
    reindexBuildingTotal: raw.reindex_building_total,
  }));
export type ReplicationSection = z.output<typeof replicationSection>;
