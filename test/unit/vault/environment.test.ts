import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readEnvironment } from '../../../electron/vault/environment.ts';
import { TestAuthority } from '../../fakes/tls.ts';

let folder: string;
let caPem: string;
let caFile: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyturn-env-'));
  caPem = (await TestAuthority.create()).caPem;
  caFile = join(folder, 'ca.pem');
  await writeFile(caFile, caPem);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const said = (notices: readonly { variable: string; text: string }[], variable: string) =>
  notices.find((notice) => notice.variable === variable)?.text ?? '';

test('nothing set: nothing taken over, nothing said', async () => {
  expect(await readEnvironment({ PATH: '/bin', VAULT_ADDR: ' ' })).toEqual({
    draft: { tls: {} },
    notices: [],
  });
});

test('everything that a profile has a place for', async () => {
  const { draft } = await readEnvironment({
    VAULT_ADDR: 'https://vault-1.example.net:8200/',
    VAULT_CACERT: caFile,
    VAULT_CACERT_BYTES: 'not used: the file comes first',
    VAULT_CLIENT_CERT: 'client.pem',
    VAULT_CLIENT_KEY: '/etc/keys/client-key.pem',
    VAULT_TLS_SERVER_NAME: 'vault.example.net',
    VAULT_NAMESPACE: 'team/a',
    VAULT_PROXY_ADDR: 'http://proxy:3128',
    VAULT_HTTP_PROXY: 'http://not-used:1',
  });
  expect(draft).toEqual({
    nodes: ['https://vault-1.example.net:8200'],
    namespace: 'team/a',
    proxy: 'http://proxy:3128',
    tls: {
      caPem: caPem.trim(),
      serverName: 'vault.example.net',
      clientCertFile: resolve('client.pem'),
      clientKeyFile: '/etc/keys/client-key.pem',
    },
  });
});

test('the CA as bytes', async () => {
  const { draft } = await readEnvironment({ VAULT_CACERT_BYTES: caPem });
  expect(draft.tls?.caPem).toBe(caPem.trim());
});

test('what is ignored is said, and a token is never read', async () => {
  const reading = await readEnvironment({
    VAULT_SKIP_VERIFY: 'false',
    VAULT_TOKEN: 'hvs.c2VjcmV0VG9rZW4',
    VAULT_ADDR: 'unix:///run/vault.sock',
    VAULT_CAPATH: '/etc/cas',
    HTTPS_PROXY: 'http://proxy:1',
  });
  expect(reading.draft).toEqual({ tls: {} });
  expect(JSON.stringify(reading)).not.toContain('c2VjcmV0');
  expect(said(reading.notices, 'VAULT_SKIP_VERIFY')).toContain('always verifies');
  expect(said(reading.notices, 'VAULT_TOKEN')).toContain('not read');
  expect(said(reading.notices, 'VAULT_ADDR')).toContain('unix socket');
  expect(said(reading.notices, 'VAULT_CAPATH')).toContain('Not taken over');
  expect(said(reading.notices, 'HTTPS_PROXY')).toContain('Ignored');
});

test('what cannot be used is said, with the reason', async () => {
  const { draft, notices } = await readEnvironment({
    VAULT_ADDR: 'http://vault:8200',
    VAULT_CACERT: join(folder, 'none.pem'),
    VAULT_CLIENT_CERT: '/etc/keys/client.pem',
    VAULT_PROXY_ADDR: 'socks5://proxy:1080',
  });
  expect(draft.nodes).toBeUndefined();
  expect(draft.proxy).toBeUndefined();
  expect(draft.tls?.caPem).toBeUndefined();
  expect(said(notices, 'VAULT_ADDR')).toContain('without TLS');
  expect(said(notices, 'VAULT_CACERT')).toContain('no such file');
  expect(said(notices, 'VAULT_CLIENT_CERT')).toContain('belong together');
  expect(said(notices, 'VAULT_PROXY_ADDR')).toContain('http://host:port');
});

test('VAULT_ADDR may be a load balancer: said every time', async () => {
  const { notices } = await readEnvironment({ VAULT_ADDR: 'https://vault:8200' });
  expect(said(notices, 'VAULT_ADDR')).toContain('load balancer');
});
