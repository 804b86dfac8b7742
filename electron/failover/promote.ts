import type { Credential, EventOf, ServerReport } from '../../shared/ceremony/events.ts';
import { fencingFault } from '../../shared/ceremony/fencing.ts';
import type { PrimarySeen } from '../../shared/ceremony/findings.ts';
import { inForce } from '../../shared/ceremony/in-force.ts';
import { samePerson } from '../../shared/ceremony/people.ts';
import { nodeToPromote, type CeremonyState, type StateIn } from '../../shared/ceremony/state.ts';
import { Trouble, type Problem } from '../../shared/problem.ts';
import type { Secret } from '../../shared/secret.ts';
import { ruleTrouble } from '../ceremony/ceremony-log.ts';
import { outcomeUnknown, sortFailure } from '../ceremony/outcome.ts';
import { proveSecondPerson, type Proved } from '../ceremony/second-person.ts';
import { withConnection, type Room } from '../ceremony/room.ts';
import { promote as sendPromote, type PromoteToken } from '../vault/dr-secondary.ts';
import type { VaultNode } from '../vault/connection.ts';
import { readDrStatus, readHealth } from '../vault/sys-status.ts';
import { lookAgain } from './primary.ts';
import { armedToken, refusesToken, refuseWay } from './ways.ts';

/** To be typed before `force` is sent: the price, in the person's own hand. */
export const forceSentence = 'Data that has not arrived here may be lost';

export interface Readiness {
  readonly server: ServerReport;
  /** Why Promote is closed, in sentences; empty when it is open. */
  readonly stops: readonly string[];
  /** Vault said that replication is still catching up: only then is `force` offered. */
  readonly forceOffered: boolean;
  readonly refused: Problem | undefined;
  /** How the old primary looks now. */
  readonly primary: PrimarySeen;
}

/**
 * What the server itself reports, beside everything that closes the button.
 *
 * @throws Trouble `rule.not-now` before a fencing statement, `vault.*` when the node does not answer.
 */
export async function readiness(room: Room): Promise<Readiness> {
  const state = room.log.in('decoded', 'armed', 'watching');
  const refused = state.phase === 'watching' ? state.doubt : state.refused;
  return withConnection(room, async (connection) => {
    const [server, { seen: primary }] = await Promise.all([
      report(connection.node(nodeToPromote(state))),
      lookAgain(room, connection),
    ]);
    return {
      server,
      refused,
      primary,
      forceOffered: refused?.code === 'vault.catching-up',
      stops: [...identityStops(state.cluster.pins, server), ...stateStops(room, primary)],
    };
  });
}

/** What is asked of the person who presses the button. */
export interface Confirmation {
  readonly clusterName: string;
  readonly secondPerson: string;
  /** The one this person set at roster. */
  readonly pin?: Secret<'pin'> | undefined;
  /** Where this person set an OpenPGP key: over the statement that `statementToSign` gives. */
  readonly signature?: string | undefined;
  readonly primaryClusterAddr?: string | undefined;
  readonly force?: { readonly accepted: string } | undefined;
}

/**
 * Sends promote once. The intent is on disk before; whatever comes back, it is not sent again
 * without a new confirmation. A reply that is lost leads to watching, not to a second promote.
 *
 * A batch token that Vault refuses is not asked to serve again: the next way is on the record.
 *
 * @throws Trouble where something typed does not fit (nothing sent), or where Vault refused.
 */
export async function promote(room: Room, confirmation: Confirmation): Promise<void> {
  const state = room.log.in('decoded', 'armed', 'watching');
  check(state, state.roster.operator, confirmation);
  const ready = await readiness(room);
  if (ready.stops.length > 0) throw ruleTrouble(ready.stops.join(' '));
  if (confirmation.force && !ready.forceOffered)
    throw ruleTrouble('Force is offered only after Vault said that it is still catching up.');
  const { secondPerson, force, ...factors } = confirmation;
  const proved = await proveSecondPerson(room, secondPerson, { ...factors, force: !!force });
  const token = await tokenOf(room, state);

  await withConnection(room, async (connection) => {
    const node = connection.node(nodeToPromote(state));
    await room.log.append({
      ...intended(state.roster.operator, proved, ready, confirmation),
      credential: credentialOf(state),
    });
    if (confirmation.force)
      await room.log.append({
        type: 'deviation.recorded',
        what: 'Promote was sent with force, which skips Vault’s own checks.',
        why: confirmation.force.accepted,
        agreedBy: confirmation.secondPerson,
      });
    try {
      const { warnings } = await sendPromote(node, {
        token,
        force: confirmation.force !== undefined,
        ...(confirmation.primaryClusterAddr
          ? { primaryClusterAddr: confirmation.primaryClusterAddr }
          : {}),
      });
      await room.log.append({ type: 'promote.accepted', warnings: warnings.slice(0, 20) });
    } catch (thrown) {
      const { happened, problem } = sortFailure(thrown);
      if (happened === 'no') {
        await room.log.append({ type: 'promote.refused', problem });
        await fallThrough(room, problem);
        throw new Trouble(problem);
      }
      await room.log.append({
        type: 'promote.unknown',
        problem: outcomeUnknown('Promote', problem),
      });
    }
  });
}

/** The token that authorises it, from the keychain. @throws Trouble where it is not there or expired. */
async function tokenOf(room: Room, state: BeforePromote): Promise<PromoteToken> {
  if ('batchToken' in state) return armedToken(room, state);
  const token = await room.secrets.token('dr-operation-token');
  if (!token) throw new Trouble(tokenMissing);
  return token;
}

/** Back in `armed`, Vault refused the token: another way is next. In doubt about an earlier send, it is not. */
async function fallThrough(room: Room, problem: Problem): Promise<void> {
  const { state } = room.log;
  if (state.phase !== 'armed' || !refusesToken(problem)) return;
  await refuseWay(room, 'batch-token', problem, state.batchToken.id);
}

type BeforePromote = StateIn<'decoded' | 'armed' | 'watching'>;

const credentialOf = (state: BeforePromote): Credential =>
  'batchToken' in state
    ? { kind: 'batch-token', token: state.batchToken }
    : { kind: 'dr-operation-token' };

function intended(
  operator: string,
  { proof, agreed }: Proved,
  { server, primary }: Readiness,
  confirmation: Confirmation,
): EventOf<'promote.intended'> {
  const { clusterName, secondPerson, primaryClusterAddr, force } = confirmation;
  return {
    type: 'promote.intended',
    server,
    primary,
    clusterNameTyped: clusterName,
    operator,
    secondPerson,
    secondPersonProof: proof,
    ...(agreed ? { agreed } : {}),
    ...(primaryClusterAddr ? { primaryClusterAddr } : {}),
    ...(force ? { force: { accepted: force.accepted } } : {}),
  };
}

function check(state: CeremonyState, operator: string, confirmation: Confirmation): void {
  const { name } = state.cluster;
  const wrong = (known: string): Trouble =>
    new Trouble({
      code: 'input.invalid',
      known,
      safe: 'Promote was not sent.',
      next: 'Correct it on the promote page, or close the page.',
    });
  if (confirmation.clusterName.trim() !== name)
    throw wrong(`The name typed is not "${name}", the cluster that is about to be promoted.`);
  const isOperator = samePerson(confirmation.secondPerson, operator);
  if (isOperator && inForce(state, 'second-person-is-not-operator'))
    throw wrong('The second person is the operator. Promote needs two people.');
  if (confirmation.force && confirmation.force.accepted.trim() !== forceSentence)
    throw wrong(`The sentence typed to accept the loss is not "${forceSentence}".`);
}

async function report(node: VaultNode): Promise<ServerReport> {
  const [dr, health] = [await readDrStatus(node), await readHealth(node)];
  return {
    node: node.address,
    mode: dr.mode,
    clusterId: dr.clusterId,
    secondaryId: dr.secondaryId,
    state: dr.state,
    version: health.version,
  };
}

function identityStops(
  pins: { readonly clusterId: string; readonly secondaryId?: string | undefined } | undefined,
  server: ServerReport,
): string[] {
  const stops: string[] = [];
  if (server.mode !== 'secondary')
    stops.push(
      `The server reports the DR mode "${server.mode}", not "secondary". Only a DR secondary can be promoted.`,
    );
  if (pins && server.clusterId !== pins.clusterId)
    stops.push(
      `The server reports the cluster id ${server.clusterId ?? 'none'}; the first test pinned ${pins.clusterId}.`,
    );
  if (pins?.secondaryId && server.secondaryId !== pins.secondaryId)
    stops.push(
      `The server reports the secondary id ${server.secondaryId ?? 'none'}; the first test pinned ${pins.secondaryId}.`,
    );
  return stops;
}

function stateStops(room: Room, primary: PrimarySeen): string[] {
  const { state } = room.log;
  if (state.phase !== 'decoded' && state.phase !== 'armed' && state.phase !== 'watching') return [];
  const stops: string[] = [];
  const fault = fencingFault(state, primary);
  if (fault) stops.push(fault);
  if (
    'token' in state &&
    state.token.fate.kind !== 'kept' &&
    state.token.fate.kind !== 'not-deleted'
  )
    stops.push('The DR operation token is no longer kept here.');
  return stops;
}

const tokenMissing: Problem = {
  code: 'keychain.entry-missing',
  known: 'The DR operation token is not in the keychain.',
  safe: 'Promote was not sent.',
  next: 'Check the keychain; the step then says what is left to do.',
};
