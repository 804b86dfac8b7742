import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile, mkdir } from 'node:fs/promises';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { nodeAddressSchema, type NodeAddress } from '../../shared/ids.ts';
import { Secret } from '../../shared/secret.ts';
import { TestAuthority } from '../fakes/tls.ts';

export const binary = process.env['VAULT_BIN'] ?? '';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const raftSchema = z.object({
  data: z.object({ config: z.object({ servers: z.array(z.object({ voter: z.boolean() })) }) }),
});

const initSchema = z.object({ keys_base64: z.array(z.string()), root_token: z.string() });

/** A real server on loopback: TLS by a CA made for it, files in a folder that goes with it, 5 shares, 3 needed. */
export class RealServer {
  readonly nodes: readonly NodeAddress[];
  readonly caPem: string;
  keys: readonly string[] = [];
  rootToken = Secret.of('vault-token', '');
  readonly #folder: string;
  readonly #children: (ChildProcess | undefined)[] = [];

  private constructor(folder: string, caPem: string, nodes: readonly NodeAddress[]) {
    this.#folder = folder;
    this.caPem = caPem;
    this.nodes = nodes;
  }

  /**
   * @param nodes of more than one, the others join the first, over raft.
   * @param open whether the server makes a root token without asking for a Vault token.
   */
  static async start(
    nodes: 1 | 2,
    open: boolean,
    storage: 'file' | 'raft' = nodes === 1 ? 'file' : 'raft',
  ): Promise<RealServer> {
    const folder = await mkdtemp(join(tmpdir(), 'keyturn-real-'));
    const authority = await TestAuthority.create();
    const { certPem, keyPem } = await authority.issue();
    const [cert, key, ca] = ['cert.pem', 'key.pem', 'ca.pem'].map((name) => join(folder, name));
    await writeFile(cert ?? '', certPem);
    await writeFile(key ?? '', keyPem, { mode: 0o600 });
    await writeFile(ca ?? '', authority.caPem);
    const addresses: NodeAddress[] = [];
    for (let at = 0; at < nodes; at += 1) {
      const [port, cluster] = [await freePort(), await freePort()];
      const address = nodeAddressSchema.parse(`https://127.0.0.1:${port}`);
      addresses.push(address);
      await mkdir(join(folder, `data-${at}`));
      const join0 =
        at === 0
          ? ''
          : `retry_join { leader_api_addr = "${addresses[0] ?? ''}"\n leader_ca_cert_file = "${ca}" }`;
      const kept =
        storage === 'file'
          ? `storage "file" { path = "${folder}/data-0" }`
          : `storage "raft" { path = "${folder}/data-${at}"\n node_id = "n${at}"\n ${join0} }`;
      const listener = `listener "tcp" { address = "127.0.0.1:${port}"\n cluster_address = "127.0.0.1:${cluster}"\n tls_cert_file = "${cert}"\n tls_key_file = "${key}"\n ${open && isBao ? 'disable_unauthed_generate_root_endpoints = false' : ''} }`;
      await writeFile(
        join(folder, `${at}.hcl`),
        `disable_mlock = true\n${kept}\n${listener}\napi_addr = "${address}"\ncluster_addr = "https://127.0.0.1:${cluster}"\n`,
      );
    }
    const server = new RealServer(folder, authority.caPem, addresses);
    for (let at = 0; at < nodes; at += 1) await server.run(at);
    const init = await server.ask('PUT', 'sys/init', { secret_shares: 5, secret_threshold: 3 });
    const made = initSchema.parse(init.body);
    server.keys = made.keys_base64;
    server.rootToken = Secret.of('vault-token', made.root_token);
    return server;
  }

  /** Starts the process of one node, sealed. */
  async run(at: number): Promise<void> {
    const child = spawn(binary, ['server', `-config=${join(this.#folder, `${at}.hcl`)}`], {
      stdio: 'ignore',
    });
    this.#children[at] = child;
    for (let tries = 0; tries < 200; tries += 1) {
      const there = await this.ask('GET', 'sys/seal-status', undefined, { at }).catch(
        () => undefined,
      );
      if (there) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`${binary} did not answer`);
  }

  /** A node that joined leads only once the others count its vote, some ten seconds later. */
  async everyoneVotes(): Promise<void> {
    const token = this.rootToken.expose();
    for (let tries = 0; tries < 300; tries += 1) {
      const { body } = await this.ask('GET', 'sys/storage/raft/configuration', undefined, {
        token,
      });
      const { data } = raftSchema.parse(body);
      if (data.config.servers.filter(({ voter }) => voter).length === this.nodes.length) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error('Not every node got a vote.');
  }

  /** The node that leads lets another one lead. */
  async stepDown(at = 0): Promise<void> {
    await this.ask('PUT', 'sys/step-down', undefined, { at, token: this.rootToken.expose() });
  }

  async leads(at: number): Promise<boolean> {
    const { body } = await this.ask('GET', 'sys/leader', undefined, { at });
    return z.object({ is_self: z.literal(true) }).safeParse(body).success;
  }

  async kill(at: number): Promise<void> {
    const child = this.#children[at];
    if (!child || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  async stop(): Promise<void> {
    for (const at of this.nodes.keys()) await this.kill(at);
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** With three shares. A raft node that joins is told apart first: it is empty until it has reached its leader. */
  async unseal(at = 0): Promise<void> {
    for (let tries = 0; tries < 300; tries += 1) {
      const { body } = await this.ask('GET', 'sys/seal-status', undefined, { at });
      if (z.object({ initialized: z.literal(true) }).safeParse(body).success) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    for (const key of this.keys.slice(0, 3)) await this.ask('PUT', 'sys/unseal', { key }, { at });
    for (let tries = 0; tries < 200; tries += 1) {
      const { status } = await this.ask('GET', 'sys/health?standbyok=true', undefined, { at });
      if (status === 200) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('The node did not come up after unsealing.');
  }

  share = (n: number): Secret<'share'> => Secret.of('share', this.keys[n] ?? '');

  /** One plain request, past the app. */
  ask(
    method: string,
    path: string,
    body?: unknown,
    { at = 0, token }: { at?: number; token?: string } = {},
  ): Promise<Answer> {
    return askPlain(`${this.nodes[at] ?? ''}/v1/${path}`, { ca: this.caPem, method, body, token });
  }
}

/** OpenBao's program is called bao; everything else is taken for Vault. */
export const isBao = /bao[^/]*$/.test(binary);

export function askPlain(
  url: string,
  how: {
    readonly ca: string;
    readonly method: string;
    readonly body?: unknown;
    readonly token?: string | undefined;
    readonly client?: { readonly cert: string; readonly key: string };
  },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = how.token === undefined ? {} : { 'X-Vault-Token': how.token };
    const { ca, method, client } = how;
    const call = request(url, { ca, method, headers, ...client, agent: false }, (reply) => {
      let text = '';
      reply.setEncoding('utf8');
      reply.on('data', (part: string) => (text += part));
      reply.on('end', () => {
        const body: unknown = text === '' ? undefined : JSON.parse(text);
        resolve({ status: reply.statusCode ?? 0, body });
      });
    });
    call.on('error', reject);
    call.end(how.body === undefined ? undefined : JSON.stringify(how.body));
  });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
