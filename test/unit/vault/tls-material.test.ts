import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { authoritiesIn, secureContextOf } from '../../../electron/vault/tls-material.ts';
import { systemAuthorities } from '../../../electron/vault/authorities.ts';
import { Trouble } from '../../../shared/problem.ts';
import { troubleOf } from '../../fakes/failing.ts';
import { TestAuthority, type Identity } from '../../fakes/tls.ts';

let authority: TestAuthority;
let client: Identity;
let folder: string;

beforeAll(async () => {
  authority = await TestAuthority.create();
  client = await authority.issue();
  folder = await mkdtemp(join(tmpdir(), 'keyturn-tls-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe('CA', () => {
  test('one or many, with text around them', () => {
    const { caPem } = authority;
    expect(authoritiesIn(caPem)).toHaveLength(1);
    expect(authoritiesIn(`# ours\n${caPem}\n\nsubject=…\r\n${caPem}`)).toHaveLength(2);
  });

  test.each([
    ['empty', () => ' \n', 'empty'],
    ['words', () => 'the CA is on the share', 'no BEGIN CERTIFICATE'],
    ['a private key', () => client.keyPem, 'private key'],
    ['cut off', () => authority.caPem.slice(0, 200), 'cut off'],
    [
      'damaged',
      () => authority.caPem.replace(/\nMII.{20}/, '\nAAAAAAAAAAAAAAAAAAAAAAAA'),
      'certificate 1 of 1',
    ],
    ['DER', () => new X509Certificate(authority.caPem).raw.toString(), 'DER'],
  ])('%s', async (_, pem, why) => {
    const { problem } = await troubleOf(secureContextOf({ caPem: pem() }));
    expect(problem.code).toBe('profile.invalid');
    expect(problem.facts?.['part']).toBe('CA certificate');
    expect(problem.known).toContain(why);
  });

  test('the system’s own CAs are certificates', async () => {
    const pems = await systemAuthorities();
    expect(pems.length).toBeGreaterThan(10);
    expect(new X509Certificate(pems[0] ?? '').subject).not.toBe('');
  });
});

describe('client certificate', () => {
  const open = async (cert: string, key: string) =>
    secureContextOf({
      caPem: authority.caPem,
      clientCertFile: await file('cert.pem', cert),
      clientKeyFile: await file('key.pem', key),
    });

  test('a pair that belongs together', async () => {
    await expect(open(client.certPem, client.keyPem)).resolves.toBeDefined();
  });

  test('a key of another certificate', async () => {
    const other = await authority.issue();
    const { problem } = await troubleOf(open(client.certPem, other.keyPem));
    expect(problem.code).toBe('profile.invalid');
    expect(problem.known).toContain('does not belong');
  });

  test('the two files exchanged', async () => {
    const { problem } = await troubleOf(open(client.keyPem, client.certPem));
    expect(problem.facts?.['part']).toBe('client certificate');
    expect(problem.known).toContain('private key where a certificate belongs');
  });

  test('a key behind a passphrase', async () => {
    const { privateKey } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    const { problem } = await troubleOf(open(client.certPem, privateKey));
    expect(problem.known).toContain('passphrase');
  });

  test('a damaged key is not shown', async () => {
    const damaged = client.keyPem.replace(/\n.{10}/, '\nAAAAAAAAAA');
    const trouble = await troubleOf(open(client.certPem, damaged));
    expect(trouble.problem.known).toContain('cannot be read');
    expect(JSON.stringify(trouble.problem)).not.toContain(damaged.split('\n')[1]);
  });

  test('one file without the other, no such file, a folder, a huge file', async () => {
    const cert = await file('c.pem', client.certPem);
    const cases = [
      [{ clientCertFile: cert }, 'no key file'],
      [{ clientKeyFile: cert }, 'no certificate file'],
      [{ clientCertFile: join(folder, 'none'), clientKeyFile: cert }, 'no such file'],
      [{ clientCertFile: folder, clientKeyFile: cert }, 'folder'],
      [{ clientCertFile: cert, clientKeyFile: await file('huge', 'x'.repeat(300_000)) }, 'larger'],
    ] as const;
    for (const [tls, why] of cases) {
      const { problem } = await troubleOf(secureContextOf({ caPem: authority.caPem, ...tls }));
      expect(problem.known).toContain(why);
    }
  });

  test('a file this user may not read', async (context) => {
    if (process.getuid?.() === 0) {
      context.skip('running as root, who may read every file');
    }
    const path = await file('locked', client.keyPem);
    await chmod(path, 0o000);
    const { problem } = await troubleOf(
      secureContextOf({ clientCertFile: path, clientKeyFile: path }),
    );
    expect(problem.known).toContain('may not read');
  });
});

test('what is thrown is a Trouble without a cause', async () => {
  const trouble = await troubleOf(secureContextOf({ caPem: '' }));
  expect(trouble).toBeInstanceOf(Trouble);
  expect(trouble.cause).toBeUndefined();
});
