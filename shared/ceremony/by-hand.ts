import type { NodeAddress } from '../ids.ts';
import type { StepId } from '../script/schema.ts';
import { shareWord } from '../profile.ts';
import type { Cluster } from './events.ts';
import { closeDoorByHand, openDoorByHand, probeDoorByHand } from './by-hand-door.ts';
import { inPurpose } from './by-hand-purpose.ts';
import {
  curl,
  decodeOffline,
  fromTyped,
  terminal,
  url,
  vault,
  vaultToken,
  withToken,
  type ByHand,
} from './by-hand-shell.ts';
import { openDoors } from './door.ts';
import type { CeremonyState } from './state.ts';

export type { ByHand } from './by-hand-shell.ts';

/**
 * The commands (bash or zsh) that do the current step by hand, with the cluster's own address and
 * nonce filled in. Empty where the step asks nothing of a server.
 *
 * No secret stands in a command line: it is asked for hidden (`read -rs`) and goes by standard
 * input, so that neither the shell's history nor the process list has it. The one exception says so.
 * `-dr-token` is in every `generate-root` command: without it another ceremony is meant.
 * Source: docs/protocol.md §1.1, §1.2, §4.1, §7.2.
 */
export function byHand(state: CeremonyState): readonly ByHand[] {
  if (state.purpose !== 'dr-operation-token') return inPurpose(state);
  return [...inThisPhase(state), ...atTheDoor(state)];
}

/** Opening it where that is the way; closing and asking for as long as it may be open. */
function atTheDoor(state: CeremonyState): readonly ByHand[] {
  const { way, door, cluster } = state;
  const open = openDoors(state).map(({ node }) => probeDoorByHand(node));
  if (open.length === 0)
    return state.phase === 'preflight' && way?.way === 'break-glass' && !door
      ? [...openDoorByHand, ...cluster.nodes.map(probeDoorByHand)]
      : [];
  const before = state.phase === 'preflight' && door?.closedBy === undefined;
  return [...(before ? openDoorByHand : closeDoorByHand), ...open];
}

function inThisPhase(state: CeremonyState): readonly ByHand[] {
  switch (state.phase) {
    case 'preflight':
      return [
        ...opening(state),
        ...state.cluster.nodes.map(lookAt),
        attemptStatus(anyNode(state)),
        ...(state.preflight?.found ? [cancel(anyNode(state))] : []),
      ];
    case 'roster':
      return [];
    case 'ready':
      if (state.way?.way === 'batch-token') return [terminal, drStatus(anyNode(state))];
      return [...opening(state), attemptStatus(anyNode(state)), start(anyNode(state))];
    case 'starting':
      return [...opening(state), attemptStatus(state.node), cancel(state.node)];
    case 'collecting': {
      const { node, nonce } = state.attempt;
      const word = shareWord(state.cluster.seal);
      return [...opening(state), attemptStatus(node), give(node, nonce, word), cancel(node)];
    }
    case 'superseded':
    case 'gone':
      return [...opening(state), attemptStatus(state.attempt.node), start(state.attempt.node)];
    case 'complete':
      return state.attempt.key
        ? [decryptWithGpg]
        : [decodeOffline, decodeWithVault(state.attempt.node)];
    case 'armed':
      return [terminal, drStatus(state.node), promoteWithBatchToken(state.node)];
    case 'decoded':
      return [
        ...opening(state),
        drStatus(state.attempt.node),
        promote(state.attempt.node),
        ...deletion(state.attempt.node),
      ];
    case 'promoting':
    case 'watching':
      return [terminal, ...state.cluster.nodes.map(lookAt)];
    case 'aftercare':
      return [
        ...('token' in state ? opening(state) : [terminal]),
        drStatus(state.promotedNode),
        ...('token' in state
          ? [...deletion(state.promotedNode), refusedNow(state.promotedNode)]
          : []),
        asClients,
      ];
    case 'in-hand':
    case 'unsealing':
    case 'ended':
      return [];
  }
}

/**
 * All of it for paper, step by step, before anything is known of the night: the cluster's nodes are
 * filled in; the active node and the nonce are words to replace by hand.
 */
export function byHandOnPaper({
  nodes,
  seal,
}: Cluster): Readonly<Partial<Record<StepId, readonly ByHand[]>>> {
  return {
    preflight: [terminal, vaultToken, ...nodes.map(lookAt), attemptStatus(undefined)],
    start: [start(undefined), cancel(undefined)],
    shares: [give(undefined, 'THE-NONCE', shareWord(seal))],
    decode: [decodeOffline],
    promote: [drStatus(undefined), promote(undefined)],
    watch: nodes.map(lookAt),
    after: [...deletion(undefined), refusedNow(undefined), asClients],
  };
}

const base = '/v1/sys/replication/dr/secondary';
const attempts = `${base}/generate-operation-token`;

/** What comes before any call of the attempt, and before the deletion of what it made. */
function opening(state: CeremonyState): readonly ByHand[] {
  const asked = 'preflight' in state && state.preflight?.tokenNeeded === true;
  return asked ? [terminal, vaultToken] : [terminal];
}

function anyNode(state: CeremonyState): NodeAddress | undefined {
  const preflighted = 'preflight' in state ? state.preflight?.node : undefined;
  return preflighted ?? state.cluster.nodes[0];
}

const lookAt = (node: NodeAddress): ByHand => ({
  title: `What ${node} says of itself: sealed, active, its part in replication.`,
  vault: `${vault(node, 'status')}\n${vault(node, 'read sys/replication/dr/status')}`,
  http: [
    curl(url(node, '/v1/sys/health?standbycode=299&drsecondarycode=299&sealedcode=299')),
    curl(url(node, '/v1/sys/leader')),
    curl(url(node, '/v1/sys/replication/dr/status')),
  ].join('\n'),
});

const drStatus = (node: NodeAddress | undefined): ByHand => ({
  title: 'Which cluster this is, and its part in replication.',
  vault: vault(node, 'read sys/replication/dr/status'),
  http: curl(url(node, '/v1/sys/replication/dr/status')),
});

const attemptStatus = (node: NodeAddress | undefined): ByHand => ({
  title: 'Is an attempt open, with which nonce, and how many shares are in?',
  vault: vault(node, 'operator generate-root -dr-token -status'),
  http: curl(withToken, url(node, `${attempts}/attempt`)),
});

const start = (node: NodeAddress | undefined): ByHand => ({
  title: 'Start an attempt. The answer shows the nonce and, this once, the OTP: write it down.',
  vault: vault(node, 'operator generate-root -dr-token -init'),
  http: curl('--request PUT', withToken, `--data '{}'`, url(node, `${attempts}/attempt`)),
});

const give = (node: NodeAddress | undefined, nonce: string, word: string): ByHand => ({
  title: `Give one share (the primary's ${word}), typed hidden. The nonce is ${nonce}: compare it with the one the command prints. The last share's answer is the only place where the encoded token is ever shown.`,
  vault: vault(node, 'operator generate-root -dr-token'),
  http: fromTyped(
    'SHARE',
    `'{"key":"%s","nonce":"${nonce}"}'`,
    curl('--request PUT', withToken, '--data-binary @-', url(node, `${attempts}/update`)),
  ),
});

const cancel = (node: NodeAddress | undefined): ByHand => ({
  title:
    "Cancel. It ends whatever attempt is open on the server, also somebody else's: read the status and compare the nonce first.",
  vault: vault(node, 'operator generate-root -dr-token -cancel'),
  http: curl('--request DELETE', withToken, url(node, `${attempts}/attempt`)),
});

const decryptWithGpg: ByHand = {
  title:
    'Decrypt on a machine whose gpg has the key, without the network: asks for the encoded token, hidden. The token appears on the screen.',
  vault: 'read -rs ENCODED && printf %s "$ENCODED" | base64 -d | gpg --decrypt; unset ENCODED',
  http: '',
};

const decodeWithVault = (node: NodeAddress | undefined): ByHand => ({
  title:
    'Decode with the vault command: encoded token first, then OTP, both typed hidden. It asks the server for the length of the OTP, so the node must answer; and while it runs the OTP can be seen in the process list.',
  vault: `read -rs ENCODED && read -rs OTP && printf %s "$ENCODED" | ${vault(node, 'operator generate-root -dr-token -decode=- -otp="$OTP"')}; unset ENCODED OTP`,
  http: '',
});

const promote = (node: NodeAddress | undefined): ByHand => ({
  title:
    'Promote. Send it once. A lost answer is not sent again: look at the nodes instead. The DR operation token is typed hidden.',
  ...withDrToken(node, 'promote'),
});

const promoteWithBatchToken = (node: NodeAddress | undefined): ByHand => ({
  title:
    'Promote with the batch token. Send it once. A lost answer is not sent again: look at the nodes instead. The token is typed hidden; it is longer than a DR operation token.',
  ...withDrToken(node, 'promote'),
});

const deletion = (node: NodeAddress | undefined): readonly ByHand[] => [
  {
    title:
      'Delete the DR operation token: it never expires by itself. It is typed hidden. Vault 2.0 and newer may want the Vault token in this terminal beside it.',
    ...withDrToken(node, 'operation-token/delete'),
  },
  {
    title: 'Where that is refused: the DR operation token revokes itself.',
    vault: asDrToken(vault(node, 'token revoke -self')),
    http: asDrToken(curl('--request POST', withToken, url(node, '/v1/auth/token/revoke-self'))),
  },
];

const refusedNow = (node: NodeAddress | undefined): ByHand => ({
  title: 'Prove that it is gone: Vault answers "permission denied" to the DR operation token.',
  vault: asDrToken(vault(node, 'token lookup')),
  http: asDrToken(curl(withToken, url(node, '/v1/auth/token/lookup-self'))),
});

const asClients: ByHand = {
  title:
    'Prove the recovery: one request with an ordinary token on the address that clients use, not on a node.',
  vault: "VAULT_ADDR='https://ADDRESS-OF-CLIENTS' vault token lookup",
  http: curl(withToken, "'https://ADDRESS-OF-CLIENTS/v1/auth/token/lookup-self'"),
};

/** `dr_operation_token=-` makes `vault write` read the value from standard input, untrimmed. */
function withDrToken(node: NodeAddress | undefined, path: string): Pick<ByHand, 'vault' | 'http'> {
  return {
    vault: fromTyped(
      'DR_TOKEN',
      '%s',
      vault(node, `write sys/replication/dr/secondary/${path} dr_operation_token=-`),
    ),
    http: fromTyped(
      'DR_TOKEN',
      `'{"dr_operation_token":"%s"}'`,
      curl('--request POST', withToken, '--data-binary @-', url(node, `${base}/${path}`)),
    ),
  };
}

/** The DR operation token as the caller's own token, in a shell of its own that forgets it. */
const asDrToken = (command: string): string =>
  `(\nread -rs VAULT_TOKEN && export VAULT_TOKEN\n${command}\n)`;
