import type { AfterItemId } from '../../shared/ceremony/aftercare.ts';
import type { StateIn } from '../../shared/ceremony/state.ts';
import { compareVersions } from '../../shared/ceremony/versions.ts';
import type { NodeAddress } from '../../shared/ids.ts';
import { problemOf } from '../../shared/problem.ts';
import { isExpired } from '../../shared/shift/batch-token.ts';
import type { Room } from '../ceremony/room.ts';
import type { Connection } from '../vault/connection.ts';
import type { ReplicationSection } from '../vault/replication-section.ts';
import { readDrStatus, readHealth, readLeader, readReplication } from '../vault/sys-status.ts';
import { lookAtPrimaries } from './primary.ts';
import { readNode } from './watch.ts';
import { utcMoment } from '../../shared/report/instants.ts';

export interface Shown {
  readonly ok: boolean;
  readonly says: string;
}
type Reading = (room: Room, state: StateIn<'aftercare'>, connection: Connection) => Promise<Shown>;

/** What can be read without a token, and what it shows. None of them changes anything. */
export const readings: Readonly<Partial<Record<AfterItemId, Reading>>> = {
  nodes: readNodes,
  performance: readPerformance,
  demoted: readDemoted,
  versions: readVersions,
  follows: readFollows,
  'batch-token': readBatchToken,
};

async function readNodes(
  _room: Room,
  { cluster }: StateIn<'aftercare'>,
  connection: Connection,
): Promise<Shown> {
  const nodes = await Promise.all(cluster.nodes.map((node) => readNode(connection.node(node))));
  // A standby of a primary says "DR primary" as the active node does.
  const ok = nodes.every(({ says }) => says.startsWith('DR primary'));
  return { ok, says: nodes.map(({ node, says }) => `${node}: ${says}.`).join(' ') };
}

async function readPerformance(
  room: Room,
  state: StateIn<'aftercare'>,
  connection: Connection,
): Promise<Shown> {
  const names = state.after?.performance ?? [];
  const here = await clusterAddressesOf(state, connection);
  const shown = await Promise.all(
    names.map(async (name): Promise<Shown> => {
      const nodes = room.site().others.find((other) => other.name === name)?.nodes ?? [];
      for (const node of nodes) {
        const said = await readReplication(connection.node(node)).catch(() => undefined);
        if (said) return followerOf(name, said.performance, here);
      }
      return { ok: false, says: `${name} is not visible from here.` };
    }),
  );
  return { ok: shown.every(({ ok }) => ok), says: shown.map(({ says }) => says).join(' ') };
}

function followerOf(name: string, section: ReplicationSection, here: readonly string[]): Shown {
  const { mode, state, knownPrimaryClusterAddrs: known } = section;
  const knows = known.some((address) => here.includes(hostOf(address)));
  const ok = mode === 'secondary' && state === 'stream-wals' && knows;
  return {
    ok,
    says: `${name} is in the state “${state ?? 'not shown'}” and ${knows ? 'knows the new primary' : 'does not name the new primary'}.`,
  };
}

async function readDemoted(
  _room: Room,
  { cluster }: StateIn<'aftercare'>,
  connection: Connection,
): Promise<Shown> {
  const { seen, active } = await lookAtPrimaries(connection, cluster);
  if (active)
    return { ok: false, says: `${active.address} answers as an active primary. Demote it first.` };
  const found = await findOld(cluster, connection);
  return found?.section.mode === 'secondary'
    ? { ok: true, says: `${found.node} says that it is a DR secondary.` }
    : {
        ok: false,
        says:
          seen === 'none-known'
            ? 'The profile has no address of the old primary.'
            : 'No node of the old primary shows itself as a DR secondary. It may still be away.',
      };
}

async function readVersions(
  _room: Room,
  { cluster, promotedNode }: StateIn<'aftercare'>,
  connection: Connection,
): Promise<Shown> {
  const version = async (node: NodeAddress) =>
    (await readHealth(connection.node(node)).catch(() => undefined))?.version;
  const here = await version(promotedNode);
  const theirs = await Promise.all(cluster.primaryNodes.map(version));
  const old = theirs.filter((one) => one !== undefined);
  const says = `The new primary runs ${here ?? 'a version that it does not show'}, the old one ${old.length > 0 ? [...new Set(old)].join(' and ') : 'is not visible'}.`;
  // A cluster cannot be fed by a newer one (§4.3).
  const fits = old.map((one) => (here ? compareVersions(one, here) : undefined));
  const ok = fits.length > 0 && fits.every((order) => order !== undefined && order >= 0);
  return { ok, says };
}

async function readFollows(
  _room: Room,
  { cluster }: StateIn<'aftercare'>,
  connection: Connection,
): Promise<Shown> {
  const found = await findOld(cluster, connection);
  if (!found) return { ok: false, says: 'No node of the old primary can be read.' };
  const { node, section } = found;
  const { mode, state, connectionState } = section;
  if (mode !== 'secondary')
    return { ok: false, says: `${node} says that its DR mode is “${mode}”.` };
  const ok = state === 'stream-wals' && connectionState !== 'transient_failure';
  return {
    ok,
    says: `${node} is a DR secondary in the state “${state ?? 'not shown'}”, its connection “${connectionState ?? 'not shown'}”.`,
  };
}

async function readBatchToken(room: Room, { promotedAt }: StateIn<'aftercare'>): Promise<Shown> {
  // It is issued for the next failover, which is the way back; one for this direction is good too.
  const kept = [...(await room.batchTokens.listBack()), ...(await room.batchTokens.list())];
  const fresh = kept.find((token) => token.issuedAt > promotedAt && !isExpired(token, new Date()));
  return fresh
    ? {
        ok: true,
        says: `“${fresh.label}” is kept here, ${fresh.expiresAt ? `valid until ${utcMoment(fresh.expiresAt)}` : 'expiry not known'}.`,
      }
    : { ok: false, says: 'No batch token that was issued after the promotion is kept here.' };
}

/** The old primary's node that answers for its replication: the active one, where one is known. */
export async function findOld(
  { nodes, primaryNodes }: StateIn<'aftercare'>['cluster'],
  connection: Connection,
): Promise<{ readonly node: NodeAddress; readonly section: ReplicationSection } | undefined> {
  const read = await Promise.all(
    primaryNodes
      .filter((node) => !nodes.includes(node))
      .map(async (node) => {
        const vault = connection.node(node);
        const section = await readDrStatus(vault).catch(() => undefined);
        const leads = (await readLeader(vault).catch(() => undefined))?.isSelf === true;
        return section ? [{ node, section, leads }] : [];
      }),
  );
  const found = read.flat();
  return found.find(({ leads }) => leads) ?? found[0];
}

/** Host and port of the new primary's cluster addresses, as its active node announces them. */
export async function clusterAddressesOf(
  { cluster }: StateIn<'aftercare'>,
  connection: Connection,
): Promise<readonly string[]> {
  const announced = await Promise.all(
    cluster.nodes.map(async (node) => {
      const leader = await readLeader(connection.node(node)).catch(() => undefined);
      return leader?.leaderClusterAddress ? [hostOf(leader.leaderClusterAddress)] : [];
    }),
  );
  return [...new Set(announced.flat())];
}

const hostOf = (address: string): string =>
  URL.canParse(address) ? new URL(address).host || address : address;

/** One ordinary request with a person's token, on the address that clients use. */
export function sayOfRequest(address: NodeAddress, failed: unknown): Shown {
  return failed === undefined
    ? { ok: true, says: `lookup-self was answered on ${address}, by the promoted cluster.` }
    : { ok: false, says: problemOf(failed).known };
}
