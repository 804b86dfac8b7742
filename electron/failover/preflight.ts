import type { EventOf } from '../../shared/ceremony/events.ts';
import { byGravity, mostFindings, type Finding } from '../../shared/ceremony/findings.ts';
import { withConnection, type Room } from '../ceremony/room.ts';
import { lookAtAttempt, type AttemptLook } from './preflight-attempt.ts';
import { lookAtCluster, type ClusterLook } from './preflight-cluster.ts';
import { comparisonOf, lagFinding } from './preflight-lag.ts';
import { primaryFinding } from './preflight-primary.ts';
import { attachFinding } from './preflight-versions.ts';
import { lookAtPrimaries, type PrimaryLook } from './primary.ts';

/**
 * Looks at everything that can be looked at before the start and changes nothing. Findings come with
 * the gravest first; within one level in the order in which people would ask: is it there, is it the
 * right one, is it free, is the old one gone.
 */
export async function preflight(room: Room): Promise<EventOf<'preflight.checked'>> {
  const { cluster, trusted } = room.log.state;
  const keychain = await room.keychainWorks();
  const keychainFinding: Finding = {
    id: 'keychain',
    level: keychain.works ? 'ok' : 'stop',
    what: keychain.sentence,
    why: 'OTP, nonce and tokens are kept there, so that a crash does not end the ceremony.',
    todo: keychain.works ? 'Nothing.' : 'See to the keychain on Home, then run preflight again.',
  };
  return withConnection(
    room,
    async (connection) => {
      // Side by side: two positions can be compared only where they were read at one time.
      const [look, primary] = await Promise.all([
        lookAtCluster(connection, cluster, trusted),
        lookAtPrimaries(connection, cluster),
      ]);
      const attempt = look.active
        ? await lookAtAttempt(room, connection, look.active)
        : nothingToRead;
      const findings = [
        ...look.findings,
        ...attempt.findings,
        primaryFinding(primary, look.dr, look.active),
        ...compared(room, look, primary),
        keychainFinding,
      ];
      return {
        type: 'preflight.checked',
        findings: byGravity(findings).slice(0, mostFindings),
        ...(look.active ? { node: look.active.node } : {}),
        ...(attempt.required ? { required: attempt.required } : {}),
        ...(attempt.found ? { found: attempt.found } : {}),
        primary: primary.seen,
        tokenNeeded: attempt.tokenNeeded,
      };
    },
    { timeoutMs: 8_000 },
  );
}

/** The two clusters beside each other; what was read of both is kept for the night when one is gone. */
function compared(room: Room, { active, dr }: ClusterLook, primary: PrimaryLook): Finding[] {
  if (!active || dr?.mode !== 'secondary') return [];
  const last = room.comparisons.last();
  const read = comparisonOf(dr, primary, active.at);
  if (read) room.comparisons.keep(read);
  const version = primary.active?.health?.version;
  const known = version
    ? { version }
    : last?.primaryVersion && { version: last.primaryVersion, readOn: last.at };
  return [
    lagFinding(dr, primary, last, Date.parse(active.at)),
    attachFinding(active.health.version, known || undefined),
  ];
}

const nothingToRead: AttemptLook = { findings: [], tokenNeeded: false };
