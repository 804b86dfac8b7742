import type { AfterCall, AfterTask } from '../../shared/ceremony/aftercare.ts';
import { samePerson } from '../../shared/ceremony/people.ts';
import type { NodeAddress } from '../../shared/ids.ts';
import { problemOf, Trouble } from '../../shared/problem.ts';
import { callWords } from '../../shared/report/after-sentences.ts';
import type { Secret } from '../../shared/secret.ts';
import type { BatchTokenId } from '../../shared/shift/batch-token.ts';
import { ruleTrouble } from '../ceremony/ceremony-log.ts';
import { outcomeUnknown, sortFailure } from '../ceremony/outcome.ts';
import { withConnection, type Room } from '../ceremony/room.ts';
import type { Connection } from '../vault/connection.ts';
import { demote, secondaryToken } from '../vault/dr-primary.ts';
import { updatePrimary, type PromoteToken } from '../vault/dr-secondary.ts';
import { followAddresses } from '../vault/performance-secondary.ts';
import { readDrStatus, readHealth } from '../vault/sys-status.ts';
import { lookupSelf } from '../vault/token.ts';
import { checkAgain, notOurs, openedIn } from './aftercare.ts';
import { clusterAddressesOf, findOld, sayOfRequest } from './aftercare-readings.ts';
import { lookAtPrimaries } from './primary.ts';
import { keepSnapshot } from './snapshot.ts';

/**
 * One thing of the checklist that needs a token. The token lives for this one call. What changes a
 * server is sent once, with its intent on disk before; a lost reply is resolved by reading.
 *
 * @throws Trouble `rule.not-now`, `input.invalid`, `profile.pin-mismatch`, `vault.*`, `journal.*`.
 */
export async function actAfter(
  room: Room,
  task: AfterTask,
  token: Secret<'vault-token'>,
): Promise<void> {
  switch (task.kind) {
    case 'client-request':
      return requestAsClient(room, token);
    case 'snapshot':
      return takeSnapshot(room, token, task.file);
    case 'demote':
      return demoteOld(room, token, task);
    case 'activate':
      return activate(room, token, task.by);
    case 'attach':
      return attach(room, token, task.by);
    case 'follow':
      return follow(room, token, task);
  }
}

/** Attaches the old primary with a kept batch token. @throws Trouble as `actAfter`. */
export async function attachWithBatchToken(
  room: Room,
  id: BatchTokenId,
  by: string,
): Promise<void> {
  const token = await room.batchTokens.read(id);
  if (!token) throw ruleTrouble('This batch token is not in the keychain any more.');
  await attach(room, token, by);
}

async function requestAsClient(room: Room, token: Secret<'vault-token'>): Promise<void> {
  const { state } = openedIn(room);
  const address = room.site().clientAddress;
  if (!address) throw ruleTrouble('The profile does not name the address that clients use.');
  const clients = await room.connectToClients();
  const failed = await withConnection(room, async (connection) => {
    try {
      const [there, here] = await Promise.all([
        readHealth(clients.node(address)),
        readHealth(connection.node(state.promotedNode)),
      ]);
      // Before the token leaves: an address that still leads elsewhere gets none.
      if (there.clusterId !== here.clusterId) return otherCluster(address);
      await lookupSelf(clients.node(address), token);
      return undefined;
    } catch (thrown) {
      return thrown;
    }
  }).finally(() => clients.close());
  const shown = sayOfRequest(address, failed);
  await room.log.append({ type: 'after.checked', item: 'client-request', ...shown });
  if (failed !== undefined) throw new Trouble(problemOf(failed));
}

async function takeSnapshot(room: Room, token: Secret<'vault-token'>, file: string): Promise<void> {
  await withConnection(room, async (connection) => {
    const node = await activeOld(room, connection);
    const kept = await keepSnapshot(room, connection, { node, token, file });
    await room.log.append({ type: 'after.snapshot.kept', ...kept });
  });
}

async function demoteOld(
  room: Room,
  token: Secret<'vault-token'>,
  { by, secondPerson }: Extract<AfterTask, { kind: 'demote' }>,
): Promise<void> {
  if (samePerson(by, secondPerson))
    throw ruleTrouble('A demotion needs two people, and the same name was given twice.');
  await withConnection(room, async (connection) => {
    const node = await activeOld(room, connection);
    await once(room, 'demote', { node, by, secondPerson }, () =>
      demote(connection.node(node), token),
    );
  });
  await untilShown(room, 'demoted');
}

async function activate(room: Room, token: Secret<'vault-token'>, by: string): Promise<void> {
  const { state, after } = openedIn(room);
  const secondaryId = `keyturn-${room.id.slice(-8)}-${after.activations + 1}`;
  const node = state.promotedNode;
  await withConnection(room, (connection) =>
    once(room, 'activate', { node, by, secondaryId }, async () => {
      room.activation = await secondaryToken(connection.node(node), token, secondaryId);
      return { warnings: [] };
    }),
  );
}

async function attach(
  room: Room,
  operationToken: Secret<'vault-token'> | PromoteToken,
  by: string,
): Promise<void> {
  const { state } = openedIn(room);
  const { activation } = room;
  if (!activation) throw new Trouble(activationGone);
  await withConnection(room, async (connection) => {
    const old = await findOld(state.cluster, connection);
    const ours = (await readDrStatus(connection.node(state.promotedNode))).clusterId;
    if (!old) throw ruleTrouble('No node of the old primary can be read.');
    const { node, section } = old;
    if (section.clusterId !== ours) throw notOurs(node, section.clusterId, ours);
    if (section.mode !== 'secondary') throw ruleTrouble('The old primary is not demoted.');
    await once(room, 'attach', { node, by }, async () => {
      // Good once: whatever comes of the call, it is not used again.
      room.activation = undefined;
      return updatePrimary(connection.node(node), { operationToken, activation });
    });
  });
  await untilShown(room, 'follows');
}

async function follow(
  room: Room,
  token: Secret<'vault-token'>,
  { by, name }: Extract<AfterTask, { kind: 'follow' }>,
): Promise<void> {
  const { state } = openedIn(room);
  const [node] = room.site().others.find((other) => other.name === name)?.nodes ?? [];
  if (!node) throw ruleTrouble('The profile has no such performance secondary.');
  await withConnection(room, async (connection) => {
    const addresses = [...(await clusterAddressesOf(state, connection))];
    if (addresses.length === 0) throw ruleTrouble('The new primary does not show its address.');
    await once(room, 'follow', { node, by, addresses }, () =>
      followAddresses(connection.node(node), token, addresses),
    );
  });
  await untilShown(room, 'performance');
}

/** Intent, call, outcome. A refusal is thrown; a lost reply is left to the readings. */
async function once(
  room: Room,
  call: AfterCall,
  intent: {
    readonly node: NodeAddress;
    readonly by: string;
    readonly secondPerson?: string;
    readonly secondaryId?: string;
    readonly addresses?: string[];
  },
  send: () => Promise<{ warnings: string[] }>,
): Promise<void> {
  await room.log.append({ type: 'after.call.intended', call, ...intent });
  try {
    const { warnings } = await send();
    await room.log.append({ type: 'after.call.accepted', call, warnings });
  } catch (thrown) {
    const { happened, problem } = sortFailure(thrown);
    if (happened === 'no') {
      await room.log.append({ type: 'after.call.failed', call, problem });
      throw new Trouble(problem);
    }
    const unknown = outcomeUnknown(callWords[call], problem);
    await room.log.append({ type: 'after.call.unknown', call, problem: unknown });
  }
}

/** Reads on until the servers show it, or for half a minute; after that a person asks again. */
async function untilShown(room: Room, item: 'demoted' | 'follows' | 'performance'): Promise<void> {
  for (let reading = 0; reading < readingsAfter; reading += 1) {
    await new Promise((resolve) => setTimeout(resolve, betweenReadingsMs));
    if (await checkAgain(room, item)) return;
  }
}
const readingsAfter = 30;
const betweenReadingsMs = 1_000;

/** The old primary's active node, when it is one of ours and still a primary. */
async function activeOld(room: Room, connection: Connection): Promise<NodeAddress> {
  const { state } = openedIn(room);
  const { active, dr } = await lookAtPrimaries(connection, state.cluster);
  if (!active) throw ruleTrouble('No known address of the old primary answers as active.');
  const ours = (await readDrStatus(connection.node(state.promotedNode))).clusterId;
  if (dr?.clusterId === undefined || dr.clusterId !== ours)
    throw notOurs(active.address, dr?.clusterId, ours);
  return active.address;
}

const otherCluster = (address: NodeAddress) =>
  new Trouble({
    code: 'profile.pin-mismatch',
    known: `${address} answered, but from another cluster than the promoted one.`,
    safe: 'Only a reading was sent.',
    next: 'Point the address to the promoted cluster, then ask again.',
  });

const activationGone = {
  code: 'rule.not-now',
  known: 'The activation token is no longer in memory: it was used, or Keyturn was closed since.',
  safe: 'Nothing was sent to the old primary.',
  next: 'Ask the new primary for another activation token.',
} as const;
