/**
 * A process of its own that makes three calls carrying secrets, so that the environment is in place
 * before anything is loaded. Reads its orders from stdin; prints one line of JSON: each call's end.
 */
import { text } from 'node:stream/consumers';
import nodeVault from 'node-vault';
import { z } from 'zod';
import { giveShare } from '../../electron/vault/attempt.ts';
import { Connection } from '../../electron/vault/connection.ts';
import { promote } from '../../electron/vault/dr-secondary.ts';
import { lookupSelf } from '../../electron/vault/token.ts';
import { nodeAddressSchema, nonceSchema } from '../../shared/ids.ts';
import { problemOf } from '../../shared/problem.ts';
import { Secret } from '../../shared/secret.ts';

const orders = z
  .object({
    address: nodeAddressSchema,
    caPem: z.string(),
    nonce: nonceSchema,
    share: z.string(),
    token: z.string(),
    /** Shows what node-vault does by itself, so that the test can be seen to be able to fail. */
    bare: z.boolean(),
  })
  .parse(JSON.parse(await text(process.stdin)));

const ends: string[] = [];
const end = (call: Promise<unknown>) =>
  call.then(
    () => ends.push('ok'),
    (thrown: unknown) => ends.push(problemOf(thrown).code),
  );

if (orders.bare) {
  const requestOptions = { ca: orders.caPem };
  const vault = nodeVault({ endpoint: orders.address, token: orders.token, requestOptions });
  await end(vault.write('sys/generate-root/update', { key: orders.share, nonce: orders.nonce }));
} else {
  const { address, caPem, nonce } = orders;
  const connection = await Connection.open({ nodes: [address], primaryNodes: [], tls: { caPem } });
  const node = connection.node(address);
  const share = Secret.of('share', orders.share);
  await end(giveShare(node, 'dr-operation-token', { nonce, share }));
  await end(promote(node, { token: Secret.of('dr-operation-token', orders.token) }));
  await end(lookupSelf(node, Secret.of('vault-token', orders.token)));
}
process.stdout.write(`${JSON.stringify(ends)}\n`);
