import type { EventOf } from '../../shared/ceremony/events.ts';
import type { Finding } from '../../shared/ceremony/findings.ts';
import { withConnection, type Room } from '../ceremony/room.ts';
import { lookAtAttempt, type AttemptLook } from './preflight-attempt.ts';
import { lookAtCluster } from './preflight-cluster.ts';
import { primaryFinding } from './preflight-primary.ts';
import { lookAtPrimary, worst } from './primary.ts';

/**
 * Looks at everything that can be looked at before the start and changes nothing. Findings come in
 * the order in which people would ask: is it there, is it the right one, is it free, is the old one gone.
 */
export async function preflight(room: Room): Promise<EventOf<'preflight.checked'>> {
  const { cluster } = room.log.state;
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
      const look = await lookAtCluster(connection, cluster);
      const attempt = look.active
        ? await lookAtAttempt(room, connection, look.active)
        : nothingToRead;
      const primary = worst(
        await Promise.all(cluster.primaryNodes.map((node) => lookAtPrimary(connection.node(node)))),
      );
      return {
        type: 'preflight.checked',
        findings: [...look.findings, ...attempt.findings, primaryFinding(primary), keychainFinding],
        ...(look.active ? { node: look.active.node } : {}),
        ...(attempt.required ? { required: attempt.required } : {}),
        ...(attempt.found ? { found: attempt.found } : {}),
        primary,
        tokenNeeded: attempt.tokenNeeded,
      };
    },
    { timeoutMs: 8_000 },
  );
}

const nothingToRead: AttemptLook = { findings: [], tokenNeeded: false };
