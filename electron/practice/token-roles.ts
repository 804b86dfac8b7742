import { admit } from './bearer.ts';
import type { Cluster } from './cluster.ts';
import { readDuration } from './duration.ts';
import type { TokenRole } from './ledger.ts';
import { logical, noContent, refuse, wrongMethod, type Reply } from './reply.ts';
import { isList, isWrite, readBody, textsOf, type PracticeRequest } from './request.ts';

const base = 'auth/token/roles';

export const isRolePath = (path: string): boolean => path === base || path.startsWith(`${base}/`);

/** `auth/token/roles` and `auth/token/roles/:name` on a primary. */
export function tokenRoles(cluster: Cluster, request: PracticeRequest): Reply {
  const { path, method, token } = request;
  const name = path.slice(base.length + 1);
  const role = cluster.ledger.roles.get(name);
  if (name === '') {
    if (!isList(request)) return wrongMethod();
    const admitted = admit(cluster, token, path, 'list');
    if (!admitted.ok) return admitted.reply;
    const keys = [...cluster.ledger.roles.keys()].sort();
    return keys.length === 0 ? refuse(404) : logical({ keys });
  }
  if (method === 'GET') {
    const admitted = admit(cluster, token, path, 'read');
    if (!admitted.ok) return admitted.reply;
    return role === undefined ? refuse(404) : logical(shown(name, role));
  }
  if (method === 'DELETE') {
    const admitted = admit(cluster, token, path, 'delete');
    if (!admitted.ok) return admitted.reply;
    cluster.write(({ roles }) => roles.delete(name));
    return noContent;
  }
  if (!isWrite(method)) return wrongMethod();
  const admitted = admit(cluster, token, path, role === undefined ? 'create' : 'update');
  if (!admitted.ok) return admitted.reply;
  const body = readBody(request.body);
  if (body.kind === 'malformed') return body.reply;
  const given = body.kind === 'fields' ? body.fields : new Map<string, unknown>();
  const written = fromFields(given, role ?? freshRole);
  if (!written.ok) return refuse(400, written.error);
  cluster.write(({ roles }) => roles.set(name, written.role));
  return noContent;
}

const freshRole: TokenRole = {
  allowed_policies: [],
  disallowed_policies: [],
  orphan: false,
  renewable: true,
  token_type: 'default-service',
  token_explicit_max_ttl: 0,
  token_period: 0,
  token_num_uses: 0,
  token_no_default_policy: false,
  path_suffix: '',
};

type Written =
  { readonly ok: true; readonly role: TokenRole } | { readonly ok: false; readonly error: string };

/** Fields that are absent stay as they were. */
function fromFields(given: ReadonlyMap<string, unknown>, before: TokenRole): Written {
  const flag = (name: string, was: boolean): boolean =>
    given.has(name) ? given.get(name) === true || given.get(name) === 'true' : was;
  const list = (name: string, was: readonly string[]): readonly string[] =>
    given.has(name) ? textsOf(given.get(name)) : was;
  const time = (name: string, was: number): number =>
    given.has(name) ? (readDuration(given.get(name)) ?? was) : was;
  const type = given.get('token_type') ?? before.token_type;
  if (typeof type !== 'string' || !tokenTypes.includes(type)) {
    const named = typeof type === 'string' ? type : '';
    return { ok: false, error: `invalid 'token_type' value "${named}"` };
  }
  const suffix = given.get('path_suffix');
  const role: TokenRole = {
    allowed_policies: list('allowed_policies', before.allowed_policies),
    disallowed_policies: list('disallowed_policies', before.disallowed_policies),
    orphan: flag('orphan', before.orphan),
    renewable: flag('renewable', before.renewable),
    token_type: type,
    token_explicit_max_ttl: time('token_explicit_max_ttl', before.token_explicit_max_ttl),
    token_period: time('token_period', before.token_period),
    token_num_uses: time('token_num_uses', before.token_num_uses),
    token_no_default_policy: flag('token_no_default_policy', before.token_no_default_policy),
    path_suffix: typeof suffix === 'string' ? suffix : before.path_suffix,
  };
  if (role.token_type === 'batch' && role.renewable) {
    return {
      ok: false,
      error: "'token_type' cannot be 'batch' when role is set to generate renewable tokens",
    };
  }
  return { ok: true, role };
}

const tokenTypes: readonly string[] = ['service', 'batch', 'default-service', 'default-batch'];

/** A limit of uses is shown only where there is one. */
const shown = (
  name: string,
  { token_num_uses: uses, ...role }: TokenRole,
): Readonly<Record<string, unknown>> => ({
  name,
  ...role,
  ...(uses === 0 ? {} : { token_num_uses: uses }),
  allowed_policies_glob: [],
  disallowed_policies_glob: [],
  allowed_entity_aliases: [],
  explicit_max_ttl: role.token_explicit_max_ttl,
  period: role.token_period,
});
