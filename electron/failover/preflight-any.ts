import type { EventOf } from '../../shared/ceremony/events.ts';
import { byGravity, mostFindings, type Finding } from '../../shared/ceremony/findings.ts';
import type { AttemptFamily } from '../../shared/ceremony/purpose.ts';
import { problemOf } from '../../shared/problem.ts';
import { shareWord } from '../../shared/profile.ts';
import { withConnection, type Room } from '../ceremony/room.ts';
import { readAttempt, type AttemptStatus } from '../vault/attempt.ts';
import type { Connection } from '../vault/connection.ts';
import { keychainFinding } from './preflight.ts';
import { lookAtCluster, type Answered, type ClusterLook } from './preflight-cluster.ts';
import { withFacts } from './preflight-nodes.ts';

type Checked = EventOf<'preflight.checked'>;

/** Before a root token or unsealing: no second cluster is looked at, and no replication is needed. */
export async function preflightAny(room: Room): Promise<Checked> {
  const { cluster, trusted, purpose } = room.log.state;
  const keychain = await keychainFinding(room);
  return withConnection(
    room,
    async (connection) => {
      const look = await lookAtCluster(connection, cluster, trusted);
      const found =
        purpose === 'unseal' ? beforeUnseal(look) : await beforeRootToken(room, connection, look);
      const ofFailover: readonly Finding['id'][] = ['dr-secondary', 'replication', 'pins'];
      const dropped = purpose === 'unseal' ? [...ofFailover, 'leader', 'unsealed'] : ofFailover;
      const kept = look.findings.filter(({ id }) => !dropped.includes(id));
      return {
        type: 'preflight.checked',
        primary: 'none-known',
        tokenNeeded: false,
        ...found,
        findings: byGravity([...kept, ...identity(room, look), ...found.findings, keychain]).slice(
          0,
          mostFindings,
        ),
      };
    },
    { timeoutMs: 8_000 },
  );
}

type Found = Pick<Checked, 'findings'> & Partial<Checked>;

/** Which endpoints make a root token here: read, never tried out. */
async function beforeRootToken(
  room: Room,
  connection: Connection,
  { active, dr }: ClusterLook,
): Promise<Found> {
  if (!active) return { findings: [] };
  const { node } = active;
  if (dr?.mode === 'secondary')
    return { findings: [finding('stop', onDrSecondary, onDrSecondaryTodo, node)] };
  const token = room.vaultToken();
  const server = connection.node(node);
  const families: readonly AttemptFamily[] = ['root-token', 'root-token-authenticated'];
  let missing: string | undefined;
  for (const family of families) {
    try {
      const seen = await readAttempt(server, family, token);
      // The older endpoint without a token needs none; with one it cannot be told whether it did.
      const tokenNeeded = token !== undefined || family === 'root-token-authenticated';
      return { ...slot(room, active, seen), node, family, tokenNeeded };
    } catch (thrown) {
      const problem = problemOf(thrown);
      if (problem.code === 'vault.permission-denied')
        return {
          findings: [finding('stop', token ? tokenRefused : tokenAsked, tokenTodo, node)],
          node,
          tokenNeeded: true,
          family,
        };
      if (problem.code !== 'vault.endpoint-missing')
        return { findings: [finding('stop', withFacts(problem), problem.next, node)], node };
      missing = withFacts(problem);
    }
  }
  return { findings: [finding('stop', missing ?? noEndpoint, noEndpointTodo, node)], node };
}

function slot(room: Room, { node }: Answered, seen: AttemptStatus): Found {
  const { required, nonce } = seen;
  if (!seen.started)
    return {
      findings: [
        finding(
          'ok',
          `No attempt is open. The threshold is ${required} ${shareWord(room.log.state.cluster.seal)}s.`,
          'Nothing.',
          node,
        ),
      ],
      required,
    };
  return {
    findings: [
      finding(
        'stop',
        `An attempt is already open: nonce ${nonce ?? 'not shown'}, ${seen.progress} of ${required} shares given. Shares given now make a token for whoever started this.`,
        'Find out who started it. If nobody uses it, cancel it by its nonce, with a name and a reason; it is gone for everybody then.',
        node,
      ),
    ],
    required,
    ...(nonce ? { found: nonce } : {}),
  };
}

/** Which nodes wait for shares, and whether shares can open them at all. */
function beforeUnseal({ answers }: ClusterLook): Found {
  const there = answers.filter((answer) => answer.answered);
  const sealed = there.filter(({ health }) => health.sealed && health.initialized);
  const first = sealed[0];
  const empty = there.filter(({ health }) => !health.initialized);
  const findings = [
    ...empty.map(({ node }) =>
      seals('stop', 'The node is not initialised: it is an empty server.', emptyTodo, node),
    ),
    ...sealed.map(({ node, seal }) =>
      seal?.recoverySeal === true || (seal?.type ?? 'shamir') !== 'shamir'
        ? seals('stop', `The node unseals itself (${seal?.type ?? 'not shown'}).`, kmsTodo, node)
        : seals(
            'ok',
            `The node is sealed. ${seal?.progress ?? 0} of ${seal?.threshold ?? '?'} shares are in.`,
            'Nothing.',
            node,
          ),
    ),
    ...there
      .filter(({ health }) => health.initialized && !health.sealed)
      .map(({ node }) => seals('ok', 'The node is unsealed.', 'Nothing.', node)),
    ...(first
      ? []
      : [seals('stop', 'No node that answers is sealed.', 'Nothing is left to unseal: end here.')]),
  ];
  return {
    findings,
    ...(first ? { node: first.node } : {}),
    ...(first?.seal?.threshold ? { required: first.seal.threshold } : {}),
  };
}

/** The label is a person's; the server's own name stands beside it. */
function identity({ log }: Room, { active, dr }: ClusterLook): Finding[] {
  if (!active) return [];
  const { pins } = log.state.cluster;
  const { clusterName, clusterId } = active.health;
  const differs = pins && dr?.clusterId !== undefined && dr.clusterId !== pins.clusterId;
  return [
    {
      id: 'pins',
      level: differs ? 'stop' : 'ok',
      node: active.node,
      what: differs
        ? `This is not the cluster that was pinned on ${pins.at.slice(0, 10)}: it reports the replication cluster id ${dr.clusterId ?? 'none'}; pinned is ${pins.clusterId}.`
        : `It calls itself ${clusterName ?? 'nothing'}, cluster id ${clusterId ?? 'not shown'}.`,
      why: 'The label on the screen is typed by a person and proves nothing.',
      todo: differs
        ? 'Stop here, and find out which cluster answers at these addresses.'
        : 'Compare it with what the server’s people know.',
    },
  ];
}

const finding = (
  level: Finding['level'],
  what: string,
  todo: string,
  node: Answered['node'],
): Finding => ({
  id: 'attempt',
  level,
  node,
  what,
  why: 'A node has one slot for an attempt, shared by everybody who reaches it.',
  todo,
});

const seals = (
  level: Finding['level'],
  what: string,
  todo: string,
  node?: Answered['node'],
): Finding => ({
  id: 'unsealed',
  level,
  ...(node ? { node } : {}),
  what,
  why: 'Each node is unsealed by itself: it counts the shares given to its own address.',
  todo,
});

const kmsTodo =
  'Restore the node’s access to its KMS or HSM: it then unseals itself, at the latest after a restart. Recovery keys cannot unseal.';
const emptyTodo = 'Check the address: a server that is to be unsealed was initialised once.';
const onDrSecondary = 'This is a DR secondary: it makes no root token.';
const onDrSecondaryTodo = 'Make the root token on its primary, or here once it is promoted.';
const tokenAsked =
  'This server asks for a Vault token beside the shares (Vault 2.0 and newer, OpenBao 2.6 and newer).';
const tokenRefused = 'The server refuses the token that was entered.';
const tokenTodo =
  'Enter the Vault token: one whose policy allows this endpoint, and check again. Where nobody has one, the server administrator can let the attempt be made without: enable_unauthenticated_access on Vault, disable_unauthed_generate_root_endpoints = false in OpenBao’s listener.';
const noEndpoint = 'The server offers no endpoint that makes a root token.';
const noEndpointTodo =
  'Check the address. On OpenBao 2.5.3 and newer the server administrator sets disable_unauthed_generate_root_endpoints = false in the listener.';
