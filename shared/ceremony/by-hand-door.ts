import type { NodeAddress } from '../ids.ts';
import type { ByHand } from './by-hand.ts';
import { doorLine } from './door.ts';

/** The line in the file, and telling the running server to read it again. On every node. */
export const openDoorByHand: readonly ByHand[] = [
  {
    title:
      'On every node, in Vault’s configuration file, at the top level: outside of every block such as “listener” or “storage”.',
    vault: doorLine,
    http: '',
  },
  reload('Then on every node: Vault reads its file again, without a restart and without sealing.'),
];

export const closeDoorByHand: readonly ByHand[] = [
  {
    title: 'On every node: take this line out of Vault’s configuration file again.',
    vault: doorLine,
    http: '',
  },
  reload('Then on every node: Vault reads its file again.'),
];

/** SIGHUP reloads this setting (docs/protocol.md §0.1): with systemd, and without. */
function reload(title: string): ByHand {
  return {
    title,
    vault: 'systemctl kill --signal=SIGHUP vault\n# or: kill -HUP "$(pidof vault)"',
    http: '',
  };
}

/** Asks a node without a token what the app asks it. "permission denied" three times: it is closed. */
export const probeDoorByHand = (node: NodeAddress): ByHand => ({
  title: `Ask ${node} without a token. It is closed where all three answer “permission denied”.`,
  vault: '',
  http: [
    'sys/replication/dr/secondary/generate-operation-token/attempt',
    'sys/generate-root/attempt',
    'sys/rekey/init',
  ]
    .map(
      (path) =>
        `curl --cacert "$VAULT_CACERT" --header 'X-Vault-Request: true' '${node}/v1/${path}'; echo`,
    )
    .join('\n'),
});
