import type { Finding } from '../../shared/ceremony/findings.ts';
import type { Pins } from '../../shared/profile.ts';
import type { ReplicationSection } from '../vault/replication-section.ts';
import type { Answered } from './preflight-cluster.ts';

/** Is it a DR secondary at all? */
export function modeFinding(
  { node, health }: Answered,
  dr: ReplicationSection | undefined,
): Finding {
  const mode = dr?.mode ?? health.drMode ?? 'not shown';
  const fine = mode === 'secondary';
  return {
    id: 'dr-secondary',
    level: fine ? 'ok' : 'stop',
    node,
    what: fine
      ? 'The cluster is a DR secondary.'
      : mode === 'primary'
        ? 'The cluster is already a DR primary.'
        : `The cluster is not a DR secondary: its DR mode is "${mode}".`,
    why: 'Only a DR secondary can be promoted, and only there a DR operation token is of use.',
    todo: fine
      ? 'Nothing.'
      : mode === 'primary'
        ? 'Nothing is left to promote here. Check that clients reach this cluster.'
        : 'Check the addresses in the profile.',
  };
}

/** Which Vault answers. */
export function versionFinding({ node, health }: Answered): Finding {
  return {
    id: 'version',
    level: health.version ? 'ok' : 'unknown',
    node,
    what: health.version ? `Vault ${health.version}.` : 'The node does not show its version.',
    why: 'From Vault 2.0 on, the attempt asks for a Vault token beside the shares.',
    todo: 'Nothing.',
  };
}

/** Is it the cluster that was tested in daylight? A primary and its secondary share the cluster id. */
export function pinFinding(pins: Pins | undefined, dr: ReplicationSection | undefined): Finding {
  const why =
    'The label on the screen is typed by a person and proves nothing. What the cluster reports of itself, compared with the first test in daylight, does.';
  if (!pins)
    return {
      id: 'pins',
      level: 'warning',
      what: 'Nothing was pinned for this cluster: it was never tested in daylight.',
      why,
      todo: `Compare by another way that this is the cluster: cluster id ${dr?.clusterId ?? 'not shown'}, secondary id ${dr?.secondaryId ?? 'not shown'}.`,
    };
  if (!dr)
    return {
      id: 'pins',
      level: 'unknown',
      what: 'The cluster did not report its ids, so they cannot be compared.',
      why,
      todo: 'Run preflight again.',
    };
  const same =
    dr.clusterId === pins.clusterId && (!pins.secondaryId || dr.secondaryId === pins.secondaryId);
  return {
    id: 'pins',
    level: same ? 'ok' : 'stop',
    what: same
      ? `Cluster id and secondary id are the ones pinned on ${pins.at.slice(0, 10)}.`
      : `This is not the cluster that was pinned on ${pins.at.slice(0, 10)}: it reports cluster id ${dr.clusterId ?? 'none'} and secondary id ${dr.secondaryId ?? 'none'}; pinned are ${pins.clusterId} and ${pins.secondaryId ?? 'none'}.`,
    why,
    todo: same ? 'Nothing.' : 'Stop here, and find out which cluster answers at these addresses.',
  };
}

/** What of the primary's writes had arrived. */
export function replicationFinding(dr: ReplicationSection): Finding {
  const why = 'What the secondary has not received is lost with the promotion.';
  if (dr.state === 'stream-wals')
    return {
      id: 'replication',
      level: 'ok',
      what: `Replication was streaming; the last write it received is number ${dr.lastRemoteWal ?? 'not shown'}.`,
      why,
      todo: 'Nothing.',
    };
  return {
    id: 'replication',
    level: dr.state ? 'warning' : 'unknown',
    what: dr.state
      ? `Replication is in the state "${dr.state}", not "stream-wals"; connection: ${dr.connectionState ?? 'not shown'}. With the primary gone this is expected.`
      : 'The cluster does not show its replication state.',
    why,
    todo: 'Nothing can be done about it from here. The finding about the lag says what is known.',
  };
}
