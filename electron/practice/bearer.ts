import type { Cluster } from './cluster.ts';
import { capabilitiesOn, type Capability } from './policy.ts';
import { permissionDenied, refuse, type Reply } from './reply.ts';
import { isWrite, type PracticeRequest } from './request.ts';
import type { TokenEntry } from './token-store.ts';
import { demandsToken } from './version.ts';

/** What a cluster makes of a token it is shown; undefined for one it does not know, or no longer. */
export function bearerOf(cluster: Cluster, token: string): TokenEntry | undefined {
  const entry = cluster.tokens.get(token) ?? cluster.ledger.tokens.get(token);
  // A batch token is stored nowhere: it is a sealed letter that every cluster of the set can open.
  const found = entry ?? cluster.world.batchTokens.get(token);
  if (found === undefined || !('terms' in found)) return found;
  const { expiresAt, parent } = found.terms;
  if (expiresAt.getTime() <= cluster.now().getTime()) return undefined;
  if (parent !== undefined && bearerOf(cluster, parent) === undefined) return undefined;
  return found;
}

/** `['root']`, what the token's policies allow on the path as this cluster has them, or `['deny']`. */
export function capabilitiesOf(
  cluster: Cluster,
  bearer: TokenEntry,
  path: string,
): readonly (Capability | 'root')[] {
  if (!('terms' in bearer)) {
    const free =
      bearer.kind === 'root' || cluster.world.switches.revokeSelfAfterPromotion === 'works';
    return [free ? 'root' : 'deny'];
  }
  const rules = bearer.terms.policies.flatMap((name) => cluster.policy(name)?.rules ?? []);
  return capabilitiesOn(rules, path);
}

export const allows = (
  cluster: Cluster,
  bearer: TokenEntry,
  path: string,
  capability: Capability,
): boolean => {
  const allowed = capabilitiesOf(cluster, bearer, path);
  return allowed.includes('root') || allowed.includes(capability);
};

/**
 * The token a DR secondary takes where it asks for `dr_operation_token`: its own DR operation
 * token, an orphan batch token whose policy allows the path (§4.5), and from 2.0 on, where the
 * switch says so, the primary's root token.
 */
export function drBearerOf(cluster: Cluster, token: string, path: string): TokenEntry | undefined {
  const bearer = bearerOf(cluster, token);
  const { switches } = cluster.world;
  switch (bearer?.kind) {
    case 'dr-operation':
      return bearer;
    case 'batch': {
      const allowed =
        switches.drTokenPolicy === 'any-valid' || allows(cluster, bearer, path, 'update');
      return bearer.terms.parent === undefined && allowed ? bearer : undefined;
    }
    case 'root':
      return demandsToken(cluster.version) && switches.rootTokenAsDrToken ? bearer : undefined;
    case 'service':
    case undefined:
      return undefined;
  }
}

/** From 2.0 on: a root token, or an orphan batch token whose policy allows the call (§0.1, [U] the policy). */
export function isAuthenticated(cluster: Cluster, request: PracticeRequest): boolean {
  const bearer = bearerOf(cluster, request.token);
  if (bearer === undefined || bearer.kind === 'dr-operation') return false;
  if (cluster.mode === 'secondary' && bearer.kind === 'service') return false;
  if ('terms' in bearer && bearer.terms.parent !== undefined) return false;
  return allows(cluster, bearer, request.path, capabilityFor(cluster, request.method));
}

function capabilityFor(cluster: Cluster, method: string): Capability {
  if (isWrite(method)) return cluster.world.switches.attemptWriteNeeds;
  return method === 'DELETE' ? 'delete' : 'read';
}

export type Admitted =
  | { readonly ok: true; readonly bearer: TokenEntry }
  | { readonly ok: false; readonly reply: Reply };

/** The bearer of a call on an ordinary path of a primary, if policies let the call through. */
export function admit(
  cluster: Cluster,
  token: string,
  path: string,
  ...needed: readonly Capability[]
): Admitted {
  const bearer = bearerOf(cluster, token);
  if (bearer === undefined)
    return { ok: false, reply: token === '' ? permissionDenied() : badToken() };
  if (!needed.every((capability) => allows(cluster, bearer, path, capability))) {
    return { ok: false, reply: refuse(403, '1 error occurred:\n\t* permission denied\n\n') };
  }
  return { ok: true, bearer };
}

const badToken = (): Reply =>
  refuse(403, '2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n');
