import { Secret } from '../../shared/secret.ts';
import { failure, type Asked } from './failure.ts';

/** One request to Vault's API. Secrets stay wrapped until the bytes are made. */
export interface VaultCall {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Below `/v1/`, with its query; no leading slash. */
  readonly path: string;
  readonly fields?: Fields;
  readonly token?: Secret;
  /**
   * Send the profile's namespace. Only for a person's own token under `auth/token/`: every `sys`
   * path used here belongs to the root namespace, and so does a DR operation token.
   */
  readonly namespaced?: true;
  /** `sys/health` tells its state by the status; a body that says it is read whatever the status. */
  readonly anyStatus?: true;
}

export type Fields = Readonly<Record<string, string | boolean | readonly string[] | Secret>>;

/** Bytes. The longest real body is a PGP public key. */
const biggestBody = 256 * 1024;

/** Every secret a call carries. */
export function secretsOf(call: VaultCall): readonly Secret[] {
  const inFields = Object.values(call.fields ?? {}).filter((field) => field instanceof Secret);
  return call.token === undefined ? inFields : [call.token, ...inFields];
}

/**
 * The headers of a call, all of them ours: what node-vault would add from the environment
 * (VAULT_TOKEN, VAULT_NAMESPACE) never gets here.
 * @throws VaultFailure `input.invalid` for a token or namespace that no header can carry.
 */
export function headersOf(
  call: VaultCall,
  namespace: string | undefined,
  asked: Asked,
): Record<string, string> {
  const headers: Record<string, string> = { Accept: 'application/json', 'X-Vault-Request': 'true' };
  if (call.fields !== undefined) headers['Content-Type'] = 'application/json';
  if (call.namespaced === true && namespace !== undefined && namespace !== '') {
    headers['X-Vault-Namespace'] = checked(namespace, 'namespace', asked);
  }
  if (call.token !== undefined) {
    headers['X-Vault-Token'] = checked(call.token.expose().trim(), 'token', asked);
  }
  return headers;
}

function checked(value: string, what: string, asked: Asked): string {
  if (/^[\x21-\x7e]{1,16384}$/.test(value)) return value;
  throw failure(
    asked,
    {
      code: 'input.invalid',
      known: `The ${what} is empty, too long, or has a character that Vault’s ${what}s do not have.`,
      next: `Enter the ${what} again.`,
    },
    { delivery: 'not-sent' },
  );
}

/**
 * The body's bytes as text. Secrets are trimmed: Vault does not, and people paste line ends.
 * @throws VaultFailure `input.too-large`.
 */
export function bodyForVault(fields: Fields | undefined, asked: Asked): string | undefined {
  if (fields === undefined) return undefined;
  const plain = Object.entries(fields).map(([name, value]) => [
    name,
    value instanceof Secret ? value.expose().trim() : value,
  ]);
  const text = JSON.stringify(Object.fromEntries(plain));
  if (text.length <= biggestBody) return text;
  throw failure(
    asked,
    {
      code: 'input.too-large',
      known: 'What was entered is far longer than anything Vault takes here.',
      next: 'Look whether the right thing was pasted or the right file chosen.',
    },
    { delivery: 'not-sent' },
  );
}
