import type { NodeAddress } from '../ids.ts';

/** One thing done without this app. A field is empty where that way does not exist. */
export interface ByHand {
  readonly title: string;
  readonly vault: string;
  readonly http: string;
}

/** Retries are off: Vault's CLI sends a call again by itself, and a share or a promote must not be. */
export const terminal: ByHand = {
  title:
    'First, in this terminal: the CA file, no namespace, no retries. Where the cluster asks for them, also VAULT_CLIENT_CERT, VAULT_CLIENT_KEY and VAULT_TLS_SERVER_NAME.',
  vault: [
    "export VAULT_CACERT='/path/to/ca.pem'",
    'export VAULT_MAX_RETRIES=0 VAULT_DISABLE_REDIRECTS=true',
    'unset VAULT_NAMESPACE',
  ].join('\n'),
  http: "export VAULT_CACERT='/path/to/ca.pem'",
};

export const vaultToken: ByHand = {
  title: 'The Vault token that Vault 2.0 and newer ask for: typed hidden, kept in this terminal.',
  vault: 'read -rs VAULT_TOKEN && export VAULT_TOKEN',
  http: 'read -rs VAULT_TOKEN && export VAULT_TOKEN',
};

/** An address quoted for the shell; a word to replace where no node is known. */
export const at = (node: NodeAddress | undefined): string => `'${node ?? 'https://NODE:8200'}'`;
export const url = (node: NodeAddress | undefined, path: string): string =>
  `'${node ?? 'https://NODE:8200'}${path}'`;
export const vault = (node: NodeAddress | undefined, command: string): string =>
  `VAULT_ADDR=${at(node)} vault ${command}`;
export const curl = (...parts: readonly string[]): string =>
  ['curl --cacert "$VAULT_CACERT" --header \'X-Vault-Request: true\'', ...parts].join(' \\\n  ');

/** The token's header by a file descriptor, not by the command line. Empty where no token is set. */
export const withToken =
  '--config <(printf \'header = "X-Vault-Token: %s"\\n\' "${VAULT_TOKEN:-}")';

/**
 * Reads a secret hidden and hands it on by standard input; `printf` is the shell's own, not a
 * process. One line, so that `read` never takes a pasted next line for the secret.
 */
export const fromTyped = (name: string, format: string, command: string): string =>
  `read -rs ${name} && printf ${format} "$${name}" | ${command}; unset ${name}`;

export const decodeOffline: ByHand = {
  title:
    'Decode on this machine, without the network (Python 3): asks for encoded token and OTP, hidden. The token appears on the screen; a wrong OTP gives nonsense, not an error.',
  vault: [
    "python3 -c '",
    'import base64, getpass, uuid',
    'e = getpass.getpass("Encoded token: ").strip().rstrip("=")',
    'o = getpass.getpass("OTP: ").strip()',
    'old = len(o) == 24 and o.endswith("==")',
    'pad = base64.b64decode(o) if old else o.encode()',
    'hidden = base64.b64decode(e + "=" * (-len(e) % 4))',
    'len(hidden) == len(pad) or exit("The lengths of encoded token and OTP do not fit.")',
    'plain = bytes(a ^ b for a, b in zip(hidden, pad))',
    "print(uuid.UUID(bytes=plain) if old else plain.decode())'",
  ].join('\n'),
  http: '',
};
