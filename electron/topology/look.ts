import type { Depth, LinkReading, NodeFacts } from '../../shared/topology/reading.ts';
import type { VaultNode } from '../vault/connection.ts';
import type { ReplicationSection } from '../vault/replication-section.ts';
import {
  readHealth,
  readLeader,
  readReplication,
  readSealStatus,
  type Health,
} from '../vault/sys-status.ts';

/**
 * Asks one node how it is, without a token: `sys/health`, `sys/replication/status` and, in full,
 * `sys/seal-status` and `sys/leader` (§3), one after the other. Only the first must answer: what
 * else does not is named as unanswered.
 * @throws VaultFailure where `sys/health` does.
 */
export async function lookAtNode(
  node: VaultNode,
  depth: Depth,
  now: () => Date = () => new Date(),
): Promise<NodeFacts> {
  const askedAt = now();
  const health = await readHealth(node);
  const at = now();
  const unanswered: string[] = [];
  const asked = async <T>(path: string, read: (node: VaultNode) => Promise<T>) => {
    try {
      return await read(node);
    } catch {
      unanswered.push(path);
      return undefined;
    }
  };
  const open = health.initialized && !health.sealed;
  const replication = open ? await asked('sys/replication/status', readReplication) : undefined;
  const full = depth === 'full';
  const seal = full ? await asked('sys/seal-status', readSealStatus) : undefined;
  const leader = full && open ? await asked('sys/leader', readLeader) : undefined;
  const standby = health.standby === true || health.performanceStandby === true;
  const dr = linkReading(replication?.dr, replication?.dr.lastDrWal);
  const performance = linkReading(
    replication?.performance,
    replication?.performance.lastPerformanceWal,
  );
  return {
    at: at.toISOString(),
    initialized: health.initialized,
    sealed: health.sealed,
    standby: health.standby,
    performanceStandby: health.performanceStandby,
    removed: health.removedFromCluster,
    active: open && (leader?.haEnabled === true ? leader.isSelf : !standby),
    // A standby's own word lags behind (§3.1); the replication status is newer.
    drMode: dr?.mode ?? health.drMode,
    performanceMode: performance?.mode ?? health.performanceMode,
    version: health.version ?? seal?.version,
    clusterName: health.clusterName,
    lastWal: health.lastWal,
    clockAheadMs: clockAhead(health, askedAt, at),
    clockSkewMs: health.clockSkewMs,
    seal: seal && {
      type: seal.type,
      recovery: seal.recoverySeal === true,
      threshold: seal.threshold,
      shares: seal.shares,
      progress: seal.progress,
    },
    leaderAddress: leader?.leaderAddress,
    dr,
    performance,
    unanswered,
  };
}

/** The server tells whole seconds, read somewhere between our question and its answer. */
function clockAhead({ serverTimeUtc }: Health, askedAt: Date, at: Date): number | undefined {
  if (serverTimeUtc === undefined) return undefined;
  const ours = (askedAt.getTime() + at.getTime()) / 2;
  return Math.round(serverTimeUtc * 1000 + 500 - ours);
}

function linkReading(
  section: ReplicationSection | undefined,
  shipped: number | undefined,
): LinkReading | undefined {
  if (section === undefined) return undefined;
  const primary = section.mode === 'primary';
  return {
    mode: section.mode,
    state: section.state,
    connection: section.connectionState,
    clusterId: section.clusterId,
    secondaryId: section.secondaryId,
    lastShippedWal: primary ? (shipped ?? section.lastWal) : undefined,
    lastRemoteWal: section.lastRemoteWal,
    otherEnds: [...section.primaries, ...section.secondaries].map((end) => ({
      id: end.nodeId,
      address: end.apiAddress,
      connection: end.connectionStatus,
      lastHeartbeat: instant(end.lastHeartbeat),
      clockSkewMs: end.clockSkewMs,
      canaryAgeMs: end.primaryCanaryAgeMs,
    })),
  };
}

/** Go's zero time means never. */
function instant(text: string | undefined): string | undefined {
  const time = new Date(text ?? '');
  return Number.isNaN(time.getTime()) || time.getUTCFullYear() < 1970
    ? undefined
    : time.toISOString();
}
