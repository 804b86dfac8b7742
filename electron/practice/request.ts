import { refuse, type Reply } from './reply.ts';

/** One call as a practice node reads it. */
export interface PracticeRequest {
  readonly method: string;
  /** Path without `/v1/` and without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** From `X-Vault-Token` or `Authorization: Bearer`; `''` without one. */
  readonly token: string;
  readonly namespace: string;
  /** False when the caller sent `X-Vault-No-Request-Forwarding`. */
  readonly forwardable: boolean;
  readonly body: string;
}

/** Names for the calls that a fault can be aimed at. */
export type RequestKind =
  | 'attempt-status'
  | 'attempt-start'
  | 'attempt-cancel'
  | 'update'
  | 'promote'
  | 'demote'
  | 'secondary-token'
  | 'update-primary'
  | 'snapshot'
  | 'delete-token'
  | 'revoke-self'
  | 'lookup-self'
  | 'health'
  | 'seal-status'
  | 'leader'
  | 'replication-status'
  | 'other';

export function kindOf(method: string, path: string): RequestKind {
  if (path.endsWith('/attempt')) {
    if (method === 'GET') return 'attempt-status';
    return method === 'DELETE' ? 'attempt-cancel' : 'attempt-start';
  }
  if (path.endsWith('/update')) return 'update';
  if (path === 'sys/replication/dr/secondary/promote') return 'promote';
  if (path === 'sys/replication/dr/primary/demote') return 'demote';
  if (path === 'sys/replication/dr/primary/secondary-token') return 'secondary-token';
  if (path === 'sys/replication/dr/secondary/update-primary') return 'update-primary';
  if (path === 'sys/storage/raft/snapshot') return 'snapshot';
  if (path === 'sys/replication/dr/secondary/operation-token/delete') return 'delete-token';
  if (path === 'auth/token/revoke-self') return 'revoke-self';
  if (path === 'auth/token/lookup-self') return 'lookup-self';
  if (path === 'sys/health') return 'health';
  if (path === 'sys/seal-status') return 'seal-status';
  if (path === 'sys/leader') return 'leader';
  if (/^sys\/replication\/(dr\/|performance\/)?status$/.test(path)) return 'replication-status';
  return 'other';
}

/** A list: Vault's own method, or a GET that says so. */
export const isList = (request: PracticeRequest): boolean =>
  request.method === 'LIST' || (request.method === 'GET' && request.query.get('list') === 'true');

/** A list of texts, also as one text with commas between, as Vault takes it. */
export const textsOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split(',') : [])
    .map((text) => text.trim())
    .filter((text) => text !== '');

export const isWrite = (method: string): boolean => method === 'PUT' || method === 'POST';

export type Body =
  | { readonly kind: 'empty' }
  | { readonly kind: 'malformed'; readonly reply: Reply }
  | { readonly kind: 'fields'; readonly fields: ReadonlyMap<string, unknown> };

/** A JSON body as Go reads it: an object, or an error in Go's words. */
export function readBody(text: string): Body {
  if (text.trim() === '') return { kind: 'empty' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const first = text.trimStart().charAt(0);
    return malformed(`invalid character '${first}' looking for beginning of value`);
  }
  if (value === null) return { kind: 'fields', fields: new Map() };
  if (typeof value !== 'object' || Array.isArray(value)) {
    return malformed(`json: cannot unmarshal ${goKind(value)} into Go value`);
  }
  return { kind: 'fields', fields: new Map<string, unknown>(Object.entries(value)) };
}

export type TextBody =
  | Exclude<Body, { readonly kind: 'fields' }>
  | { readonly kind: 'fields'; readonly text: (name: string) => string };

/**
 * The named text fields of a body decoded into a Go struct: names match whatever their case, an
 * absent one is `''`, another type is an error (§1.2).
 */
export function readTextFields(body: string, names: readonly string[]): TextBody {
  const read = readBody(body);
  if (read.kind !== 'fields') return read;
  const texts = new Map<string, string>();
  for (const [name, value] of read.fields) {
    const lower = name.toLowerCase();
    if (!names.includes(lower) || value === null) continue;
    if (typeof value !== 'string') {
      return malformed(
        `json: cannot unmarshal ${goKind(value)} into Go struct field .${lower} of type string`,
      );
    }
    texts.set(lower, value);
  }
  return { kind: 'fields', text: (name) => texts.get(name) ?? '' };
}

const malformed = (why: string): { readonly kind: 'malformed'; readonly reply: Reply } => ({
  kind: 'malformed',
  reply: refuse(400, `failed to parse JSON input: ${why}`),
});

const goKind = (value: unknown): string => {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
};
