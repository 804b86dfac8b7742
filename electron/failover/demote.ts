import type { NodeAddress } from '../../shared/ids.ts';
import { Trouble, type Problem } from '../../shared/problem.ts';
import type { Secret } from '../../shared/secret.ts';
import { ruleTrouble } from '../ceremony/ceremony-log.ts';
import { outcomeUnknown, sortFailure } from '../ceremony/outcome.ts';
import { withConnection, type Room } from '../ceremony/room.ts';
import type { Connection } from '../vault/connection.ts';
import { demote } from '../vault/dr-primary.ts';
import { readDrStatus } from '../vault/sys-status.ts';
import { lookAgain, type PrimaryLook } from './primary.ts';

/** A demotion is over in seconds (§4.2); after this the rest is left to "look again". */
const readingsAfter = 40;
const betweenReadingsMs = 500;

/**
 * Demotes the old primary from here, with a token of its own that lives for this one call. Sent
 * once: a lost reply is resolved by reading the node's mode.
 *
 * @throws Trouble `rule.not-now` where no known primary answers as active, `vault.*` where it refused,
 *   `profile.pin-mismatch` where that primary is not this cluster's.
 */
export async function demotePrimary(
  room: Room,
  token: Secret<'vault-token'>,
  people: { readonly by: string; readonly secondPerson: string },
): Promise<void> {
  await withConnection(room, async (connection) => {
    const address = await activePrimaryOfOurs(room, connection);
    await room.log.append({ type: 'primary.demote.intended', node: address, ...people });
    try {
      const { warnings } = await demote(connection.node(address), token);
      await room.log.append({ type: 'primary.demote.accepted', warnings });
    } catch (thrown) {
      const { happened, problem } = sortFailure(thrown);
      if (happened === 'no') {
        await room.log.append({ type: 'primary.demote.failed', problem });
        throw new Trouble(problem);
      }
      const unknown = outcomeUnknown('The demotion', problem);
      await room.log.append({ type: 'primary.demote.unknown', problem: unknown });
    }
    for (let reading = 0; reading < readingsAfter; reading += 1) {
      if (await settleDemotion(room, connection)) return;
      await new Promise((resolve) => setTimeout(resolve, betweenReadingsMs));
    }
  });
}

/**
 * Looks at the primary now, and settles a demotion whose end was not seen.
 *
 * @returns what was found, in a sentence.
 */
export async function lookAtPrimaryNow(room: Room): Promise<string> {
  return withConnection(
    room,
    async (connection) => {
      const settled = await settleDemotion(room, connection);
      const { seen } = await lookAgain(room, connection);
      const { demotion } = room.log.state;
      if (
        !settled &&
        demotion &&
        (demotion.outcome === 'accepted' || demotion.outcome === 'unknown')
      )
        return seen === 'answers-as-active'
          ? 'The old primary still answers as an active primary. The demotion may be under way, or it never arrived: look again in a minute.'
          : 'The node that was demoted cannot be read now. Look again in a minute.';
      return settled ? 'The old primary was demoted: it says so itself.' : seenSentence[seen];
    },
    { timeoutMs: 8_000 },
  );
}

/** Reads the node that was to be demoted. @returns whether it is a primary no longer. */
async function settleDemotion(room: Room, connection: Connection): Promise<boolean> {
  const { demotion } = room.log.state;
  if (!demotion || demotion.outcome === 'failed') return false;
  if (demotion.outcome === 'demoted') return true;
  // The app ended between intent and outcome: nobody knows whether the call left.
  if (demotion.outcome === 'under-way')
    await room.log.append({ type: 'primary.demote.unknown', problem: replyLost });
  const { node } = demotion;
  const dr = await readDrStatus(connection.node(node)).catch(() => undefined);
  if (dr?.mode !== 'secondary') return false;
  await room.log.append({ type: 'primary.demoted', node, mode: dr.mode });
  return true;
}

/**
 * The primary's active node, when it is this cluster's.
 *
 * @throws Trouble `rule.not-now` where none answers as active, `profile.pin-mismatch`.
 */
export async function activePrimaryOfOurs(
  room: Room,
  connection: Connection,
): Promise<NodeAddress> {
  const look = await lookAgain(room, connection);
  const address = activeOne(look);
  await mustBeOurs(room, connection, look, address);
  return address;
}

function activeOne({ active }: PrimaryLook): NodeAddress {
  if (active) return active.address;
  throw ruleTrouble('No known address of the primary answers as an active primary.');
}

/** A primary and its DR secondary share their cluster id: a stranger's primary is left alone. */
async function mustBeOurs(
  room: Room,
  connection: Connection,
  { dr }: PrimaryLook,
  address: NodeAddress,
): Promise<void> {
  const { cluster } = room.log.state;
  const preflight = 'preflight' in room.log.state ? room.log.state.preflight : undefined;
  const ours =
    cluster.pins?.clusterId ??
    (preflight?.node
      ? (await readDrStatus(connection.node(preflight.node)).catch(() => undefined))?.clusterId
      : undefined);
  if (ours !== undefined && dr?.clusterId === ours && dr.mode === 'primary') return;
  throw new Trouble({
    code: 'profile.pin-mismatch',
    known: `${address} does not show itself as the primary of this DR secondary: it reports cluster id ${dr?.clusterId ?? 'none'}, and this cluster's is ${ours ?? 'not known'}.`,
    safe: 'Nothing was sent to it.',
    next: 'Check the primary’s addresses in the profile, and which cluster answers there.',
  });
}

const seenSentence = {
  'answers-as-active': 'The old primary answers as an active primary.',
  'answers-otherwise': 'The old primary answers, but not as an active primary.',
  'not-visible': 'The old primary is not visible from here. That does not show that it is down.',
  'none-known': 'The profile has no address of the primary.',
} as const;

const replyLost: Problem = {
  code: 'ceremony.outcome-unknown',
  known: 'The demotion was about to be sent when Keyturn ended, and no reply is on record.',
  safe: 'It is not sent again by itself.',
  next: 'Look at the primary: its mode shows whether it was demoted.',
};
