import nodeVault from 'node-vault';
import { z } from 'zod';
import type { NodeAddress } from '../../shared/ids.ts';
import { Secret } from '../../shared/secret.ts';
import type { Fields, VaultCall } from './call.ts';

/** What node-vault asks its HTTP client for. Its headers are left out on purpose: ours are used. */
const wantedSchema = z.object({
  method: z.enum(['GET', 'PUT', 'POST', 'DELETE']),
  uri: z.string(),
  json: z
    .record(
      z.string(),
      z.union([
        z.string(),
        z.boolean(),
        z.array(z.string()),
        z.custom<Secret>((value) => value instanceof Secret),
      ]),
    )
    .optional(),
});

interface Wanted {
  readonly method: string;
  readonly uri: string;
  readonly fields: Fields | undefined;
}

export interface Judged {
  readonly status: number;
  readonly body: unknown;
}

const silent = () => undefined;

/**
 * Makes one call through node-vault with our own transport in place of axios, given through its
 * `request-promise` hook. What is closed that way, and why (node-vault 0.12.0, src/index.js):
 * - redirects, proxies of the environment, VAULT_SKIP_VERIFY, errors holding the request: all axios;
 * - VAULT_TOKEN and VAULT_NAMESPACE fill in for empty options: its headers are not used, and the
 *   token is emptied again;
 * - VAULT_PREFIX fills in for an empty path prefix: it is given one that is not empty;
 * - DEBUG=node-vault prints bodies: its debug function is ours, and secrets reach it only wrapped.
 */
export async function askThroughNodeVault(
  address: NodeAddress,
  call: VaultCall,
  transport: (wanted: Wanted) => Promise<Judged>,
): Promise<Judged> {
  let status = 0;
  const vault = nodeVault({
    apiVersion: 'v1',
    endpoint: address,
    pathPrefix: '/',
    debug: silent,
    commands: {},
    'request-promise': {
      defaults: () => async (options: unknown) => {
        const { method, uri, json } = wantedSchema.parse(options);
        const judged = await transport({ method, uri, fields: json });
        status = judged.status;
        const path = new URL(uri).pathname;
        return { statusCode: judged.status, body: judged.body, request: { path } };
      },
    },
  });
  vault.token = '';
  const { method, path, fields } = call;
  const wanted = fields === undefined ? { method, path } : { method, path, json: fields };
  const body: unknown = await vault.request(wanted);
  return { status, body };
}
