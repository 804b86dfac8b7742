import { admit, capabilitiesOf } from './bearer.ts';
import type { Cluster } from './cluster.ts';
import { readPolicy } from './policy.ts';
import { logical, noContent, refuse, wrongMethod, type Reply } from './reply.ts';
import { isList, isWrite, readBody, textsOf, type PracticeRequest } from './request.ts';

const base = 'sys/policies/acl';

export const isPolicyPath = (path: string): boolean => path === base || path.startsWith(`${base}/`);

/** `sys/policies/acl` and `sys/policies/acl/:name` on a primary. */
export function policies(cluster: Cluster, request: PracticeRequest): Reply {
  const { path } = request;
  // Names are kept in lower case.
  const name = path.slice(base.length + 1).toLowerCase();
  if (name === '') {
    if (!isList(request)) return wrongMethod();
    const admitted = admit(cluster, request.token, path, 'list');
    if (!admitted.ok) return admitted.reply;
    return logical({ keys: [...cluster.ledger.policies.keys(), 'root'].sort() });
  }
  switch (request.method) {
    case 'GET':
      return show(cluster, request, name);
    case 'PUT':
    case 'POST':
      return write(cluster, request, name);
    case 'DELETE':
      return remove(cluster, request, name);
    default:
      return wrongMethod();
  }
}

function show(cluster: Cluster, request: PracticeRequest, name: string): Reply {
  const admitted = admit(cluster, request.token, request.path, 'read');
  if (!admitted.ok) return admitted.reply;
  const policy = cluster.ledger.policies.get(name);
  if (name === 'root') return logical({ name, policy: '' });
  return policy === undefined ? refuse(404) : logical({ name, policy: policy.text });
}

function write(cluster: Cluster, request: PracticeRequest, name: string): Reply {
  const admitted = admit(cluster, request.token, request.path, 'update');
  if (!admitted.ok) return admitted.reply;
  const body = readBody(request.body);
  if (body.kind === 'malformed') return body.reply;
  const text = body.kind === 'fields' ? body.fields.get('policy') : undefined;
  if (typeof text !== 'string' || text === '') {
    return refuse(400, "'policy' parameter not supplied or empty");
  }
  if (name === 'root') return refuse(400, 'cannot update "root" policy');
  const read = readPolicy(text);
  if (!read.ok) return refuse(400, `failed to parse policy: ${read.error}`);
  cluster.write(({ policies: known }) => known.set(name, { name, text, rules: read.rules }));
  return noContent;
}

function remove(cluster: Cluster, request: PracticeRequest, name: string): Reply {
  const admitted = admit(cluster, request.token, request.path, 'delete');
  if (!admitted.ok) return admitted.reply;
  if (name === 'root' || name === 'default') return refuse(400, `cannot delete "${name}" policy`);
  cluster.write(({ policies: known }) => known.delete(name));
  return noContent;
}

/** `POST sys/capabilities-self`: what the token of the call may do on each path. */
export function capabilitiesSelf(cluster: Cluster, request: PracticeRequest): Reply {
  if (!isWrite(request.method)) return wrongMethod();
  const admitted = admit(cluster, request.token, request.path, 'update');
  if (!admitted.ok) return admitted.reply;
  const body = readBody(request.body);
  if (body.kind === 'malformed') return body.reply;
  const given = body.kind === 'fields' ? body.fields : new Map<string, unknown>();
  const named = textsOf(given.get('paths') ?? given.get('path'));
  if (named.length === 0) return refuse(400, 'paths must be supplied');
  const found: Record<string, readonly string[]> = {};
  for (const path of named) found[path] = capabilitiesOf(cluster, admitted.bearer, path);
  const [only] = named.length === 1 ? Object.values(found) : [];
  const data = { ...found, ...(only === undefined ? {} : { capabilities: only }) };
  // Vault repeats the data of this call at the top.
  const reply = logical(data);
  return { ...reply, json: { ...reply.json, ...data } };
}
