import type { NodeAddress } from '../ids.ts';
import { shareWord } from '../profile.ts';
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
import type { CeremonyState } from './state.ts';

/** The same for a root token and for unsealing. `bao` takes the place of `vault` on OpenBao. */
export function inPurpose(state: CeremonyState): readonly ByHand[] {
  return state.purpose === 'unseal' ? unsealByHand(state) : rootByHand(state);
}

function unsealByHand(state: CeremonyState): readonly ByHand[] {
  switch (state.phase) {
    case 'preflight':
    case 'ready':
      return [terminal, ...state.cluster.nodes.map(sealStatus)];
    case 'unsealing':
      return [
        terminal,
        ...state.nodes.flatMap(({ standing, node }) => {
          if (standing === 'not-visible') return [sealStatus(node)];
          if (standing !== 'sealed') return [];
          return [sealStatus(node), giveToNode(node, shareWord(state.cluster.seal))];
        }),
      ];
    default:
      return [];
  }
}

function rootByHand(state: CeremonyState): readonly ByHand[] {
  const preflight = 'preflight' in state ? state.preflight : undefined;
  const path =
    preflight?.family === 'root-token-authenticated'
      ? '/v1/sys/generate-root-token'
      : '/v1/sys/generate-root';
  const first = preflight?.tokenNeeded ? [terminal, vaultToken] : [terminal];
  const node = preflight?.node ?? state.cluster.nodes[0];
  switch (state.phase) {
    case 'preflight':
      return [...first, status(node, path), ...(preflight?.found ? [cancel(node, path)] : [])];
    case 'ready':
      return [...first, status(node, path), start(node, path)];
    case 'starting':
      return [...first, status(state.node, path), cancel(state.node, path)];
    case 'collecting': {
      const { node: on, nonce } = state.attempt;
      const word = shareWord(state.cluster.seal);
      return [...first, status(on, path), give(on, path, nonce, word), cancel(on, path)];
    }
    case 'superseded':
    case 'gone':
      return [...first, status(state.attempt.node, path), start(state.attempt.node, path)];
    case 'complete':
      return [decodeOffline];
    case 'in-hand':
      return [terminal, revoke(state.attempt.node), refusedNow(state.attempt.node)];
    default:
      return [];
  }
}

const sealStatus = (node: NodeAddress): ByHand => ({
  title: `Is ${node} sealed, and how many shares has it counted?`,
  vault: vault(node, 'status'),
  http: curl(url(node, '/v1/sys/seal-status')),
});

const giveToNode = (node: NodeAddress, word: string): ByHand => ({
  title: `Give one ${word} to ${node}, typed hidden. It counts for this node only.`,
  vault: vault(node, 'operator unseal'),
  http: fromTyped(
    'SHARE',
    `'{"key":"%s"}'`,
    curl('--request PUT', '--data-binary @-', url(node, '/v1/sys/unseal')),
  ),
});

const status = (node: NodeAddress | undefined, path: string): ByHand => ({
  title: 'Is an attempt open, with which nonce, and how many shares are in?',
  vault: vault(node, 'operator generate-root -status'),
  http: curl(withToken, url(node, `${path}/attempt`)),
});

const start = (node: NodeAddress | undefined, path: string): ByHand => ({
  title: 'Start an attempt. The answer shows the nonce and, this once, the OTP: write it down.',
  vault: vault(node, 'operator generate-root -init'),
  http: curl('--request PUT', withToken, `--data '{}'`, url(node, `${path}/attempt`)),
});

const give = (node: NodeAddress, path: string, nonce: string, word: string): ByHand => ({
  title: `Give one ${word}, typed hidden. The nonce is ${nonce}: compare it with the one the command prints. The last share's answer is the only place where the encoded token is ever shown.`,
  vault: vault(node, 'operator generate-root'),
  http: fromTyped(
    'SHARE',
    `'{"key":"%s","nonce":"${nonce}"}'`,
    curl('--request PUT', withToken, '--data-binary @-', url(node, `${path}/update`)),
  ),
});

const cancel = (node: NodeAddress | undefined, path: string): ByHand => ({
  title:
    "Cancel. It ends whatever attempt is open on the server, also somebody else's: read the status and compare the nonce first.",
  vault: vault(node, 'operator generate-root -cancel'),
  http: curl('--request DELETE', withToken, url(node, `${path}/attempt`)),
});

/** In a shell of its own, which forgets the token. */
const asToken = (command: string): string =>
  `(\nread -rs VAULT_TOKEN && export VAULT_TOKEN\n${command}\n)`;

const revoke = (node: NodeAddress): ByHand => ({
  title: 'Revoke the root token with itself: it never expires. It is typed hidden.',
  vault: asToken(vault(node, 'token revoke -self')),
  http: asToken(curl('--request POST', withToken, url(node, '/v1/auth/token/revoke-self'))),
});

const refusedNow = (node: NodeAddress): ByHand => ({
  title: 'Prove that it is gone: the server answers "permission denied" to it.',
  vault: asToken(vault(node, 'token lookup')),
  http: asToken(curl(withToken, url(node, '/v1/auth/token/lookup-self'))),
});
