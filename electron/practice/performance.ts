import type { Cluster } from './cluster.ts';
import { clusterAddress, common, neighbour } from './replication.ts';

/** Performance replication's mode: the DR set's primary feeds the site's performance secondary, where it has one. */
export function performanceMode(cluster: Cluster): 'primary' | 'secondary' | 'disabled' {
  if (cluster.kind === 'performance') return 'secondary';
  const fed = cluster.world.clusters.some(({ kind }) => kind === 'performance');
  return fed && cluster.mode === 'primary' ? 'primary' : 'disabled';
}

/** The performance section of `sys/replication/status` (§3.5). */
export function performanceSection(cluster: Cluster): Readonly<Record<string, unknown>> {
  const mode = performanceMode(cluster);
  switch (mode) {
    case 'disabled':
      return { mode };
    case 'primary':
      return { mode, ...common(cluster), ...primarySection(cluster) };
    case 'secondary':
      return { mode, ...common(cluster), ...secondarySection(cluster) };
  }
}

function primarySection(cluster: Cluster): Readonly<Record<string, unknown>> {
  const fed = cluster.world.clusters.filter(
    (other) => other.kind === 'performance' && primaryOf(other) === cluster,
  );
  return {
    state: 'running',
    last_wal: cluster.wal,
    last_performance_wal: cluster.wal,
    primary_cluster_addr: '',
    known_secondaries: fed.map(idOf),
    secondaries: fed.map((other) => ({
      node_id: idOf(other),
      ...neighbour(cluster, other, other.leader, isFed(other)),
    })),
  };
}

function secondarySection(cluster: Cluster): Readonly<Record<string, unknown>> {
  const primary = primaryOf(cluster);
  const addresses = primary?.members.map((member) => clusterAddress(member.address)) ?? [];
  const connected = isFed(cluster);
  const stage = cluster.attachment?.stage ?? 'connecting';
  return {
    state: connected ? stage : cluster.world.switches.stateWithoutPrimary,
    connection_state: connected ? (stage === 'connecting' ? stage : 'ready') : 'transient_failure',
    known_primary_cluster_addrs: addresses,
    primary_cluster_addr: addresses[0] ?? '',
    primaries:
      primary?.members.map((member) => neighbour(cluster, primary, member, connected)) ?? [],
    last_remote_wal: connected ? (primary?.wal ?? 0) : 0,
    last_start: (cluster.attachment?.since ?? cluster.startedAt).toISOString(),
    secondary_id: idOf(cluster),
  };
}

/** Whom it follows: whom it was told to, or by itself, where the switch says so, the primary of the day. */
function primaryOf(cluster: Cluster): Cluster | undefined {
  const told = cluster.attachment?.primary;
  if (!cluster.world.switches.performanceFollowsNewPrimary || feeds(told)) return told;
  return cluster.world.clusters.find(feeds) ?? told;
}

const feeds = (primary: Cluster | undefined): boolean =>
  primary?.mode === 'primary' && primary.phase === 'over' && primary.reachable;

const isFed = (cluster: Cluster): boolean => !cluster.linkCut && feeds(primaryOf(cluster));

const idOf = (cluster: Cluster): string => cluster.attachment?.secondaryId ?? '';
