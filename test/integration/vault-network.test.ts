import { connect, createServer, type Server } from 'node:net';
import { createServer as createHttp } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { giveShare } from '../../electron/vault/attempt.ts';
import { Connection, type ConnectionOptions } from '../../electron/vault/connection.ts';
import { promote } from '../../electron/vault/dr-secondary.ts';
import { readHealth } from '../../electron/vault/sys-status.ts';
import {
  digestSchema,
  nodeAddressSchema,
  nonceSchema,
  type NodeAddress,
} from '../../shared/ids.ts';
import type { TlsSettings } from '../../shared/profile.ts';
import { Secret } from '../../shared/secret.ts';
import { failureOf, troubleOf } from '../fakes/failing.ts';
import { addressAt, json, listen, open, type Answer, type Listening } from '../fakes/https.ts';
import { TestAuthority, daysFromNow, type Identity } from '../fakes/tls.ts';

const nonce = nonceSchema.parse('2dbd10f1-8528-6246-09e7-82b25b8aba63');
const given = { nonce, share: Secret.of('share', 'cd'.repeat(33)) };
const token = Secret.of('dr-operation-token', 'hvs.QkRzVmFsdWVPZlRoZVRva2Vu');
const healthy: Answer = (_, response) => json(response, 299, { initialized: true, sealed: false });

let authority: TestAuthority;
let good: Identity;
let folder: string;
const cleanUps: (() => Promise<void> | void)[] = [];

beforeAll(async () => {
  authority = await TestAuthority.create();
  good = await authority.issue();
  folder = await mkdtemp(join(tmpdir(), 'keyturn-vault-'));
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function serve(...args: Parameters<typeof listen>): Promise<Listening> {
  const server = await listen(...args);
  cleanUps.push(server.close);
  return server;
}

async function raw(server: Server): Promise<NodeAddress> {
  const { port, close } = await open(server);
  cleanUps.push(close);
  return addressAt(port);
}

interface More extends ConnectionOptions {
  readonly tls?: TlsSettings;
  readonly proxy?: string;
}

async function nodeAt(address: NodeAddress, more: More = {}) {
  const { tls, proxy, ...options } = more;
  const connection = await Connection.open(
    {
      nodes: [address],
      primaryNodes: [],
      tls: { caPem: authority.caPem, ...tls },
      ...(proxy === undefined ? {} : { proxy }),
    },
    { timeoutMs: 20_000, ...options },
  );
  cleanUps.push(() => connection.close());
  return connection.node(address);
}

describe('reaching a node', () => {
  test('an address outside the profile is refused', async () => {
    const connection = await Connection.open({
      nodes: [addressAt(1)],
      primaryNodes: [addressAt(2)],
      tls: { caPem: authority.caPem },
    });
    expect(connection.node(addressAt(2)).address).toBe(addressAt(2));
    expect(() => connection.node(addressAt(3))).toThrow('vault.address-refused');
  });

  test('a name that does not resolve', async () => {
    const address = nodeAddressSchema.parse('https://vault.keyturn.invalid:8200');
    const failure = await failureOf(giveShare(await nodeAt(address), 'dr-operation-token', given));
    expect(failure.problem.code).toBe('vault.name-not-resolved');
    expect(failure.delivery).toBe('not-sent');
    expect(failure.problem.safe).toContain('Nothing was sent');
  });

  test('nobody listens', async () => {
    const { port, close } = await open(createServer());
    await close();
    const failure = await failureOf(promote(await nodeAt(addressAt(port)), { token }));
    expect(failure.problem.code).toBe('vault.refused');
    expect(failure.delivery).toBe('not-sent');
  });

  test('a server that accepts and hangs up', async () => {
    const address = await raw(createServer((socket) => socket.destroy()));
    const failure = await failureOf(promote(await nodeAt(address), { token }));
    expect(failure.problem.code).toBe('vault.reset');
    expect(failure.delivery).toBe('not-sent');
  });

  test('a server that accepts and says nothing', async () => {
    const address = await raw(createServer(() => undefined));
    const node = await nodeAt(address, { timeoutMs: 300 });
    const failure = await failureOf(promote(node, { token }));
    expect(failure.problem.code).toBe('vault.timeout');
    expect(failure.delivery).toBe('not-sent');
  });

  test('a plain HTTP port gets no request', async () => {
    const requests: string[] = [];
    const address = await raw(createHttp((request) => requests.push(request.url ?? '')));
    const failure = await failureOf(promote(await nodeAt(address), { token }));
    expect(failure.problem.code).toBe('vault.tls');
    expect(failure.problem.known).toContain('plain HTTP');
    expect(failure.delivery).toBe('not-sent');
    expect(requests).toEqual([]);
  });

  test('TLS 1.1 is refused', async () => {
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' } as const;
    const server = await serve(good, healthy, old);
    const failure = await failureOf(promote(await nodeAt(server.address), { token }));
    expect(failure.problem.code).toBe('vault.tls');
    expect(failure.problem.known).toContain('TLS 1.2');
    expect(failure.delivery).toBe('not-sent');
    expect(server.seen).toEqual([]);
  });

  test('TLS 1.2 is enough', async () => {
    const server = await serve(good, healthy, { maxVersion: 'TLSv1.2' });
    const node = await nodeAt(server.address);
    await readHealth(node);
    expect(node.lastPeer()?.protocol).toBe('TLSv1.2');
  });
});

describe('after the request was written', () => {
  const cases: readonly [string, Answer, string][] = [
    ['no answer', () => undefined, 'vault.timeout'],
    ['the connection is cut', (_, __, request) => request.socket.destroy(), 'vault.reset'],
    [
      'half an answer, then silence',
      (_, response) => {
        response.writeHead(200, { 'content-length': '500' });
        response.write('{"started":true,');
      },
      'vault.timeout',
    ],
    [
      'half an answer, then cut',
      (_, response, request) => {
        response.writeHead(200, { 'content-length': '500' });
        response.write('{"started":true,', () => request.socket.destroy());
      },
      'vault.reset',
    ],
    ['not HTTP', (_, __, request) => request.socket.end('SSH-2.0-OpenSSH\r\n'), 'vault.not-vault'],
    [
      'an upgrade to something else',
      (_, __, request) =>
        request.socket.end('HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n'),
      'vault.reset',
    ],
    ['a page', (_, response) => response.end('<!doctype html><p>Log in'), 'vault.not-vault'],
    [
      'a bad gateway’s page',
      (_, response) => response.writeHead(502).end('<h1>502 Bad Gateway'),
      'vault.not-vault',
    ],
    [
      'JSON of something else',
      (_, response) => json(response, 200, { ok: true }),
      'vault.not-vault',
    ],
    ['a JSON list', (_, response) => json(response, 200, [1, 2]), 'vault.not-vault'],
    ['an unasked 202', (_, response) => json(response, 202, { errors: ['x'] }), 'vault.not-vault'],
  ];

  test.each(cases)('%s: the outcome is unknown', async (_, answer, code) => {
    const server = await serve(good, answer);
    const node = await nodeAt(server.address, code === 'vault.timeout' ? { timeoutMs: 1500 } : {});
    const failure = await failureOf(giveShare(node, 'dr-operation-token', given));
    expect(failure.problem.code).toBe(code);
    expect(failure.delivery).toBe('unknown');
    expect(failure.problem.safe).toContain('may or may not');
    expect(server.seen.length).toBe(1);
  });

  test('closing the connection cuts a call that waits', async () => {
    const server = await serve(good, () => undefined);
    const connection = await Connection.open({
      nodes: [server.address],
      primaryNodes: [],
      tls: { caPem: authority.caPem },
    });
    const node = connection.node(server.address);
    const failing = failureOf(promote(node, { token }));
    await vi.waitUntil(() => server.seen.length === 1);
    connection.close();
    expect((await failing).delivery).toBe('unknown');
    const later = await failureOf(promote(node, { token }));
    expect(later.delivery).toBe('not-sent');
    expect(server.connections()).toBe(1);
  });
});

describe('certificates', () => {
  test('another CA', async () => {
    const stranger = await TestAuthority.create('CN=Stranger');
    const server = await serve(await stranger.issue(), healthy);
    const failure = await failureOf(promote(await nodeAt(server.address), { token }));
    expect(failure.problem.code).toBe('vault.certificate');
    expect(failure.problem.known).toContain('does not come from a CA');
    expect(failure.problem.facts).toMatchObject({ issuer: 'CN=Stranger' });
    expect(server.seen).toEqual([]);
  });

  test('another name, and the server name that mends it', async () => {
    const other = await authority.issue({ names: ['vault.example.net'], ips: [] });
    const server = await serve(other, healthy);
    const failure = await failureOf(promote(await nodeAt(server.address), { token }));
    expect(failure.problem.code).toBe('vault.certificate');
    expect(failure.problem.facts).toMatchObject({
      expectedName: '127.0.0.1',
      certificateNames: 'DNS:vault.example.net',
    });
    const named = await nodeAt(server.address, { tls: { serverName: 'vault.example.net' } });
    expect(await readHealth(named)).toMatchObject({ initialized: true });
  });

  test('no CA in the profile: the system’s own do not know a private one', async () => {
    const server = await serve(good, healthy);
    const connection = await Connection.open({
      nodes: [server.address],
      primaryNodes: [],
      tls: {},
    });
    const failure = await failureOf(readHealth(connection.node(server.address)));
    expect(failure.problem.code).toBe('vault.certificate');
  });

  test('expired: the certificate is named, with both times', async () => {
    const expired = await authority.issue({ from: daysFromNow(-30), until: daysFromNow(-1) });
    const server = await serve(expired, healthy);
    const failure = await failureOf(promote(await nodeAt(server.address), { token }));
    expect(failure.problem.code).toBe('vault.certificate');
    expect(failure.problem.known).toContain('The certificate looks wrong');
    const facts = failure.problem.facts ?? {};
    expect(facts['ourClock']).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(Date.parse(facts['certificateUntil'] ?? '')).toBeLessThan(Date.now());
    expect(facts['certificateFrom']).toBeDefined();
    expect(failure.delivery).toBe('not-sent');
    expect(server.seen).toEqual([]);
  });

  test('not valid yet: our clock is the suspect', async () => {
    const early = await authority.issue({ from: daysFromNow(2), until: daysFromNow(30) });
    const server = await serve(early, healthy);
    const failure = await failureOf(promote(await nodeAt(server.address), { token }));
    expect(failure.problem.code).toBe('vault.clock');
    expect(failure.problem.facts?.['certificateFrom']).toBeDefined();
    expect(failure.problem.known).toContain('The clock of this machine looks wrong');
  });

  test('not valid yet, but another node agrees with our clock: the certificate is the suspect', async () => {
    const early = await authority.issue({ from: daysFromNow(2), until: daysFromNow(30) });
    const wrong = await serve(early, healthy);
    const right = await serve(good, healthy);
    const connection = await Connection.open({
      nodes: [wrong.address, right.address],
      primaryNodes: [],
      tls: { caPem: authority.caPem },
    });
    await readHealth(connection.node(right.address));
    const failure = await failureOf(readHealth(connection.node(wrong.address)));
    expect(failure.problem.code).toBe('vault.certificate');
    expect(failure.problem.facts?.['serverClock']).toBeDefined();
  });

  test('expired, but another node’s clock is in its dates: ours is the suspect', async () => {
    const expired = await authority.issue({ from: daysFromNow(-30), until: daysFromNow(-1) });
    const wrong = await serve(expired, healthy);
    const right = await serve(good, (seen, response, request) => {
      response.setHeader('date', daysFromNow(-10).toUTCString());
      healthy(seen, response, request);
    });
    const connection = await Connection.open({
      nodes: [wrong.address, right.address],
      primaryNodes: [],
      tls: { caPem: authority.caPem },
    });
    await readHealth(connection.node(right.address));
    const failure = await failureOf(readHealth(connection.node(wrong.address)));
    expect(failure.problem.code).toBe('vault.clock');
  });
});

describe('pins', () => {
  const zeros = digestSchema.parse('0'.repeat(64));
  const open = (nodes: NodeAddress[], primaryNodes: NodeAddress[], rootFingerprint = zeros) =>
    Connection.open({
      nodes,
      primaryNodes,
      tls: { caPem: authority.caPem },
      pins: { at: '2026-11-01T00:00:00.000Z', rootFingerprint, clusterId: 'c' },
    });

  test('the root that was pinned is let through', async () => {
    const server = await serve(good, healthy);
    const node = await nodeAt(server.address);
    await readHealth(node);
    const root = node.lastPeer()?.rootFingerprint;
    const pinned = await open([server.address], [], root);
    expect(await readHealth(pinned.node(server.address))).toMatchObject({ initialized: true });
  });

  test('another root: not even a harmless call is written', async () => {
    const server = await serve(good, healthy);
    const pinned = await open([server.address], []);
    const failure = await failureOf(readHealth(pinned.node(server.address)));
    expect(failure.problem.code).toBe('profile.pin-mismatch');
    expect(failure.delivery).toBe('not-sent');
    expect(failure.problem.facts).toMatchObject({ pinnedRoot: zeros, subject: 'CN=Test node' });
    expect(server.seen).toEqual([]);
  });

  test('a primary under another root may be asked how it is, but gets no secret', async () => {
    const server = await serve(good, healthy);
    const pinned = await open([addressAt(1)], [server.address]);
    const primary = pinned.node(server.address);
    expect(await readHealth(primary)).toMatchObject({ initialized: true });
    const failure = await failureOf(promote(primary, { token }));
    expect(failure.problem.code).toBe('profile.pin-mismatch');
    expect(server.seen.length).toBe(1);
  });
});

describe('client certificate', () => {
  const demanding = () => ({ requestCert: true, rejectUnauthorized: true, ca: authority.caPem });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('demanded and absent, %s', async (maxVersion) => {
    const server = await serve(good, healthy, { ...demanding(), maxVersion });
    const failure = await failureOf(promote(await nodeAt(server.address), { token }));
    expect(['vault.tls', 'vault.reset']).toContain(failure.problem.code);
    expect(failure.problem.next).toContain('client certificate');
    expect(server.seen).toEqual([]);
  });

  test('given in memory, and from the profile’s files', async () => {
    const server = await serve(good, healthy, demanding());
    const client = await authority.issue({ names: ['client'], ips: [] });
    const inMemory = await nodeAt(server.address, { clientCertificate: client });
    expect(await readHealth(inMemory)).toMatchObject({ initialized: true });
    const clientCertFile = join(folder, 'client.pem');
    const clientKeyFile = join(folder, 'client-key.pem');
    await writeFile(clientCertFile, client.certPem);
    await writeFile(clientKeyFile, client.keyPem);
    const fromFiles = await nodeAt(server.address, { tls: { clientCertFile, clientKeyFile } });
    expect(await readHealth(fromFiles)).toMatchObject({ initialized: true });
  });
});

describe('proxy', () => {
  /** A proxy that opens the tunnel asked for, or answers with `status`. */
  async function proxyServer(status = 200) {
    const asked: string[] = [];
    const proxy = createHttp((_, response) => response.writeHead(status).end());
    proxy.on('connect', (request, client) => {
      asked.push(request.url ?? '');
      if (status !== 200) {
        client.end(`HTTP/1.1 ${status} No\r\n\r\n`);
        return;
      }
      const [host = '', port = ''] = (request.url ?? '').split(':');
      const onward = connect(Number(port), host, () => {
        client.write('HTTP/1.1 200 Connection established\r\n\r\n');
        onward.pipe(client).pipe(onward);
      });
      onward.on('error', () => client.destroy());
      client.on('error', () => onward.destroy());
    });
    const { port, close } = await open(proxy);
    cleanUps.push(close);
    return { url: `http://127.0.0.1:${port}`, asked };
  }

  test('the profile’s proxy carries the call and sees host and port only', async () => {
    const server = await serve(good, healthy);
    const proxy = await proxyServer();
    const node = await nodeAt(server.address, { proxy: proxy.url });
    expect(await readHealth(node)).toMatchObject({ initialized: true });
    expect(proxy.asked).toEqual([`127.0.0.1:${server.port}`]);
  });

  test('a proxy that refuses, and one that is not there', async () => {
    const proxy = await proxyServer(403);
    const refused = await failureOf(
      promote(await nodeAt(addressAt(8200), { proxy: proxy.url }), { token }),
    );
    expect(refused.problem.code).toBe('vault.refused');
    expect(refused.delivery).toBe('not-sent');
    const gone = await open(createServer());
    await gone.close();
    const url = `http://127.0.0.1:${gone.port}`;
    const absent = await failureOf(
      promote(await nodeAt(addressAt(8200), { proxy: url }), { token }),
    );
    expect(absent.problem.code).toBe('vault.refused');
    expect(absent.problem.known).toContain('proxy');
    const slow = await raw(createServer(() => undefined));
    const node = await nodeAt(addressAt(8200), {
      proxy: slow.replace('https', 'http'),
      timeoutMs: 300,
    });
    expect((await failureOf(promote(node, { token }))).problem.code).toBe('vault.timeout');
  });

  test('a proxy with a password in its address is refused', async () => {
    const opening = nodeAt(addressAt(8200), { proxy: 'http://user:secret@127.0.0.1:3128' });
    const { problem } = await troubleOf(opening);
    expect(problem.code).toBe('profile.invalid');
    expect(JSON.stringify(problem)).not.toContain('secret@');
  });
});
