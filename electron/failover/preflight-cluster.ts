import type { Cluster, TrustedLeaf } from '../../shared/ceremony/events.ts';
import type { Finding } from '../../shared/ceremony/findings.ts';
import type { NodeAddress } from '../../shared/ids.ts';
import { problemOf, type Problem } from '../../shared/problem.ts';
import type { Pins } from '../../shared/profile.ts';
import type { Connection, PeerInfo } from '../vault/connection.ts';
import {
  readDrStatus,
  readHealth,
  readLeader,
  readSealStatus,
  type Health,
  type Leader,
  type SealStatus,
} from '../vault/sys-status.ts';
import type { ReplicationSection } from '../vault/replication-section.ts';
import {
  modeFinding,
  pinFinding,
  replicationFinding,
  versionFinding,
} from './preflight-identity.ts';
import { leaderFindings, reachFindings, sealFinding } from './preflight-nodes.ts';
import { licenceFinding } from './preflight-licence.ts';
import { certificateFinding, clockFindings } from './preflight-time.ts';
import { mixedVersionsFinding } from './preflight-versions.ts';

export type Answer =
  | {
      readonly answered: true;
      readonly node: NodeAddress;
      readonly health: Health;
      readonly leader: Leader | undefined;
      /** Of a sealed node, where it answers. */
      readonly seal: SealStatus | undefined;
      readonly peer: PeerInfo | undefined;
      /** When it answered, by this machine's clock: ISO 8601. */
      readonly at: string;
    }
  | { readonly answered: false; readonly node: NodeAddress; readonly problem: Problem };
export type Answered = Extract<Answer, { answered: true }>;

export interface ClusterLook {
  readonly findings: readonly Finding[];
  readonly active: Answered | undefined;
  /** What the active node says of the replication. */
  readonly dr: ReplicationSection | undefined;
  readonly answers: readonly Answer[];
  /** What a first test proposes to pin. */
  readonly pins: Pins | undefined;
}

/** The part of preflight that needs no ceremony: also what "Test connection" shows. */
export async function lookAtCluster(
  connection: Connection,
  cluster: Pick<Cluster, 'nodes' | 'pins' | 'seal'>,
  trusted: readonly TrustedLeaf[] = [],
): Promise<ClusterLook> {
  const answers = await Promise.all(cluster.nodes.map((node) => ask(connection, node)));
  const there = answers.filter((answer) => answer.answered);
  const active = there.find((answer) => leads(answer));
  const dr = active
    ? await readDrStatus(connection.node(active.node)).catch(() => undefined)
    : undefined;
  return {
    answers,
    active,
    dr,
    pins: proposePins(active, dr),
    findings: together([
      ...reachFindings(answers),
      ...there.flatMap((answer) => certificateFinding(answer, trusted)),
      ...clockFindings(there),
      ...there.flatMap((answer) => sealFinding(answer, cluster.seal)),
      ...there.flatMap(licenceFinding),
      ...mixedVersionsFinding(there),
      ...leaderFindings(cluster.nodes, there, active),
      ...(active
        ? [modeFinding(active, dr), versionFinding(active), pinFinding(cluster.pins, dr)]
        : []),
      ...(dr ? [replicationFinding(dr)] : []),
    ]),
  };
}

/** Nodes of which the same is to be said are named in one finding: ten nodes are not ten things to read. */
function together(findings: readonly Finding[]): Finding[] {
  const joined = new Map<string, Finding>();
  for (const finding of findings) {
    const { node, ...said } = finding;
    const key = JSON.stringify(said);
    const before = joined.get(key);
    joined.set(key, before?.node && node ? { ...said, node: `${before.node}, ${node}` } : finding);
  }
  return [...joined.values()];
}

async function ask(connection: Connection, address: NodeAddress): Promise<Answer> {
  const node = connection.node(address);
  try {
    const health = await readHealth(node);
    // A sealed node answers 503 here: it is not known who leads, and that is all it means.
    const leader = await readLeader(node).catch(() => undefined);
    const seal = health.sealed ? await readSealStatus(node).catch(() => undefined) : undefined;
    return {
      answered: true,
      node: address,
      health,
      leader,
      seal,
      peer: node.lastPeer(),
      at: new Date().toISOString(),
    };
  } catch (thrown) {
    return { answered: false, node: address, problem: problemOf(thrown) };
  }
}

/** Whether a node leads its cluster, by its own word. */
export const leads = ({ health, leader }: Pick<Answered, 'health' | 'leader'>): boolean =>
  !health.sealed &&
  health.initialized &&
  (leader ? leader.isSelf || !leader.haEnabled : !health.standby);

function proposePins(
  active: Answered | undefined,
  dr: ReplicationSection | undefined,
): Pins | undefined {
  if (!active?.peer || !dr?.clusterId) return undefined;
  return {
    at: new Date().toISOString(),
    rootFingerprint: active.peer.rootFingerprint,
    clusterId: dr.clusterId,
    ...(dr.secondaryId ? { secondaryId: dr.secondaryId } : {}),
  };
}
