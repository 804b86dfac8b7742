import { randomBytes } from 'node:crypto';
import { admit, allows } from './bearer.ts';
import type { Cluster } from './cluster.ts';
import { readDuration } from './duration.ts';
import type { TokenRole } from './ledger.ts';
import { refuse, withAuth, wrongMethod, type Reply } from './reply.ts';
import { isWrite, readBody, textsOf, type PracticeRequest } from './request.ts';
import type { Terms, TokenEntry } from './token-store.ts';
import { mintToken } from './token.ts';

const base = 'auth/token/create';
/** The mount's default and longest time, which are the same: 768 hours. */
const mountTtl = 768 * 3_600;

export const isCreatePath = (path: string): boolean =>
  path === base || path === `${base}-orphan` || path.startsWith(`${base}/`);

/** `auth/token/create`, `create-orphan` and `create/:role` on a primary (§4.5). */
export function createToken(cluster: Cluster, request: PracticeRequest): Reply {
  const { path } = request;
  if (!isWrite(request.method)) return wrongMethod();
  const admitted = admit(cluster, request.token, path, 'update');
  if (!admitted.ok) return admitted.reply;
  const { bearer } = admitted;
  if (bearer.kind === 'batch') return refuse(400, 'batch tokens cannot create more tokens');
  const body = readBody(request.body);
  if (body.kind === 'malformed') return body.reply;
  const given = body.kind === 'fields' ? body.fields : new Map<string, unknown>();

  const roleName = path.startsWith(`${base}/`) ? path.slice(base.length + 1) : undefined;
  const role = roleName === undefined ? undefined : cluster.ledger.roles.get(roleName);
  if (roleName !== undefined && role === undefined) return refuse(400, `unknown role ${roleName}`);

  const type = typeOf(role, given.get('type'));
  if (type === undefined) return refuse(400, "invalid 'token_type' value");
  const badField = type === 'batch' ? forbiddenInBatch.find((name) => isSet(given.get(name))) : '';
  if (badField !== undefined && badField !== '') {
    return refuse(400, `batch tokens cannot have "${badField}" set`);
  }
  const sudo = allows(cluster, bearer, path, 'sudo');
  const wantsOrphan = given.get('no_parent') === true || given.get('no_parent') === 'true';
  if (wantsOrphan && role === undefined && !sudo) {
    return refuse(400, 'root or sudo privileges required to create orphan token');
  }
  const orphan = path === `${base}-orphan` || (role === undefined ? wantsOrphan : role.orphan);
  const chosen = policiesOf(role, textsOf(given.get('policies')), bearer, sudo);
  if (!chosen.ok) return refuse(400, chosen.error);
  const { policies } = chosen;
  const isRoot = policies.includes('root');
  if (isRoot && type === 'batch') return refuse(400, 'batch tokens cannot be root tokens');

  const ttl = given.get('ttl');
  const asked = isSet(ttl) ? readDuration(ttl) : mountTtl;
  if (asked === undefined) return refuse(400, 'error parsing ttl');
  const creationTtl = Math.min(asked === 0 ? mountTtl : asked, mountTtl);
  const now = cluster.now();
  const suffix = role?.path_suffix ?? '';
  const terms: Terms = {
    policies,
    displayName: `token${typeof given.get('display_name') === 'string' ? `-${String(given.get('display_name'))}` : ''}`,
    path: suffix === '' ? path : `${path}/${suffix}`,
    role: roleName,
    parent: orphan ? undefined : request.token,
    renewable: type === 'service' && (role?.renewable ?? given.get('renewable') !== false),
    creationTtl,
    expiresAt: new Date(now.getTime() + creationTtl * 1000),
  };
  const entry: TokenEntry = isRoot
    ? { kind: 'root', since: now }
    : { kind: type, since: now, terms };
  const token = issue(cluster, entry);
  return withAuth(
    {
      client_token: token,
      accessor: type === 'batch' ? '' : randomBytes(12).toString('hex'),
      policies,
      token_policies: policies,
      metadata: null,
      lease_duration: isRoot ? 0 : creationTtl,
      renewable: !isRoot && terms.renewable,
      entity_id: '',
      token_type: type,
      orphan,
      mfa_requirement: null,
      num_uses: 0,
    },
    warningsAbout(cluster, policies, asked),
  );
}

/** A batch token is written nowhere (§4.5); every other one is a write that replicates. */
function issue(cluster: Cluster, entry: TokenEntry): string {
  const { world, version } = cluster;
  if (entry.kind !== 'batch') {
    const token = mintToken(version, 'prefixed');
    cluster.write(({ tokens }) => tokens.add(token, entry));
    return token;
  }
  const prefix = version.major === 1 && version.minor < 10 ? 'b.' : 'hvb.';
  const token = prefix + randomBytes(138).toString('base64url');
  world.batchTokens.add(token, entry);
  return token;
}

const forbiddenInBatch = ['explicit_max_ttl', 'num_uses', 'period'] as const;

const isSet = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && value !== 0 && value !== '0';

/** A role that names a type outright wins over the request. */
function typeOf(role: TokenRole | undefined, asked: unknown): 'service' | 'batch' | undefined {
  if (role?.token_type === 'service' || role?.token_type === 'batch') return role.token_type;
  if (asked === 'service' || asked === 'batch') return asked;
  if (asked !== undefined && asked !== '') return undefined;
  return role?.token_type === 'default-batch' ? 'batch' : 'service';
}

type Chosen =
  | { readonly ok: true; readonly policies: readonly string[] }
  | { readonly ok: false; readonly error: string };

/** Which policies the new token gets: the asked ones within the role's or the parent's, and `default`. */
function policiesOf(
  role: TokenRole | undefined,
  asked: readonly string[],
  parent: TokenEntry,
  sudo: boolean,
): Chosen {
  const parents = 'terms' in parent ? parent.terms.policies : ['root'];
  const withDefault = (names: readonly string[]): Chosen => {
    const all = new Set(names.map((name) => name.toLowerCase()));
    if (!all.has('root') && role?.token_no_default_policy !== true) all.add('default');
    return { ok: true, policies: [...all].sort() };
  };
  if (role !== undefined && role.allowed_policies.length > 0) {
    if (asked.length === 0) return withDefault(role.allowed_policies);
    const beyond = asked.filter(
      (name) => name !== 'default' && !role.allowed_policies.includes(name),
    );
    if (beyond.length === 0) return withDefault(asked);
    const [given, may] = [withDefault(asked), withDefault(role.allowed_policies)].map(quoted);
    return {
      ok: false,
      error: `token policies (${given ?? ''}) must be subset of the role's allowed policies (${may ?? ''}) or glob policies ([])`,
    };
  }
  if (asked.length === 0) return withDefault(parents);
  const isRoot = parents.includes('root');
  if (!isRoot && !sudo && asked.some((name) => name !== 'default' && !parents.includes(name))) {
    return { ok: false, error: 'child policies must be subset of parent' };
  }
  return withDefault(asked);
}

const quoted = (chosen: Chosen): string =>
  `[${chosen.ok ? chosen.policies.map((name) => `"${name}"`).join(' ') : ''}]`;

function warningsAbout(
  cluster: Cluster,
  policies: readonly string[],
  asked: number,
): readonly string[] | null {
  const warnings = policies
    .filter((name) => name !== 'root' && cluster.policy(name) === undefined)
    .map((name) => `Policy "${name}" does not exist`);
  if (asked > mountTtl) {
    warnings.push(
      `TTL of "${asked / 3_600}h0m0s" exceeded the effective max_ttl of "768h0m0s"; TTL value is capped accordingly`,
    );
  }
  return warnings.length === 0 ? null : warnings;
}
