import { X509Certificate } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import { request, type RequestOptions } from 'node:https';
import { connect as connectTcp } from 'node:net';
import { connect } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PracticeSite } from '../../electron/practice/site.ts';
import { Authority } from '../../electron/practice/certificates.ts';
import {
  ask,
  attempt,
  complete,
  give,
  share,
  start,
  status,
  textOf,
  update,
} from './practice-client.ts';

let site: PracticeSite;
beforeEach(async () => {
  site = await PracticeSite.start();
});
afterEach(async () => site.stop());

/** Code and message of the error that a connection with these options ends in; undefined when it is answered. */
const refusal = (options: RequestOptions): Promise<string | undefined> =>
  new Promise((resolve) => {
    const outgoing = request(
      `${site.nodes[0]}/v1/sys/health`,
      { agent: false, ...options },
      (incoming) => {
        incoming.resume();
        incoming.on('end', () => resolve(undefined));
      },
    );
    outgoing.on('error', (error) =>
      resolve(`${'code' in error ? String(error.code) : ''}: ${error.message}`),
    );
    outgoing.end();
  });

const trusted = (): RequestOptions => ({
  ca: site.caPem,
  cert: site.clientCertificate.certPem,
  key: site.clientCertificate.keyPem,
});

describe('who may connect', () => {
  it('this run’s client certificate is enough', async () => {
    expect(await refusal(trusted())).toBeUndefined();
  });

  it('without a client certificate nothing is answered', async () => {
    expect(await refusal({ ca: site.caPem })).toMatch(/ECONNRESET|CERTIFICATE_REQUIRED/);
    expect(site.requests).toEqual([]);
  });

  it('a certificate of another run is refused', async () => {
    const other = await (await Authority.create()).client();
    expect(await refusal({ ca: site.caPem, cert: other.certPem, key: other.keyPem })).toBeDefined();
    expect(site.requests).toEqual([]);
  });

  it('TLS below 1.2 is refused', async () => {
    const old = { ...trusted(), minVersion: 'TLSv1', maxVersion: 'TLSv1.1' } as const;
    expect(await refusal({ ...old, ciphers: 'DEFAULT@SECLEVEL=0' })).toContain(
      'alert protocol version',
    );
  });

  it('an untrusting client sees the certificate is of no CA it knows', async () => {
    const { cert, key } = trusted();
    expect(await refusal({ cert, key })).toMatch(/SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO/);
  });

  it('nothing listens beyond loopback', async () => {
    for (const address of [site.primary, site.loadBalancer, ...site.nodes]) {
      expect(new URL(address).hostname).toBe('127.0.0.1');
    }
    const beyond = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter((one) => one.family === 'IPv4' && !one.internal);
    // 127.0.0.2 is loopback too, but not ours: only the one address is bound.
    for (const host of ['127.0.0.2', ...beyond.map((one) => one.address)]) {
      const port = Number(new URL(site.primary).port);
      const reached = await new Promise<boolean>((resolve) => {
        const socket = connectTcp({ host, port, timeout: 2_000 }, () => resolve(true));
        socket.on('error', () => resolve(false));
        socket.on('timeout', () => resolve(false));
      });
      expect(reached).toBe(false);
    }
  });

  it('after stop nothing listens at all', async () => {
    await site.stop();
    expect(await refusal(trusted())).toMatch(/^ECONNREFUSED/);
  });
});

describe('certificates on demand', () => {
  it.each([
    ['expired', 'CERT_HAS_EXPIRED'],
    ['not-yet-valid', 'CERT_NOT_YET_VALID'],
    ['other-ca', /CERT_SIGNATURE_FAILURE|UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED/],
    ['other-name', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ] as const)('%s, and good again', async (fault, code) => {
    await site.faults.certificate(fault);
    expect(await refusal(trusted())).toMatch(code);
    await site.faults.certificate('good');
    expect(await refusal(trusted())).toBeUndefined();
  });

  it('can concern one node', async () => {
    await site.faults.certificate('expired', site.nodes[0]);
    expect(await refusal(trusted())).toMatch(/^CERT_HAS_EXPIRED/);
    expect((await ask(site, { path: 'sys/health', node: site.primary })).status).toBe(200);
  });

  it('show the CA at the end of the chain', async () => {
    const port = Number(new URL(site.primary).port);
    const shown = await new Promise<Buffer>((resolve, reject) => {
      const socket = connect(
        { host: '127.0.0.1', port, ca: site.caPem, ...site.clientCertificate },
        () => {
          const leaf = socket.getPeerCertificate(true);
          resolve(leaf.issuerCertificate.raw);
          socket.destroy();
        },
      );
      socket.on('error', reject);
    });
    expect(new X509Certificate(shown).fingerprint256).toBe(
      new X509Certificate(site.caPem).fingerprint256,
    );
  });
});

describe('trouble on the wire', () => {
  const started = async (): Promise<string> => textOf((await start(site)).json['nonce']);

  it('a call dropped before it counted did not happen', async () => {
    const nonce = await started();
    site.faults.dropNext('update', 'before');
    await expect(give(site, share(site, 0), nonce)).rejects.toThrow();
    expect((await status(site)).json['progress']).toBe(0);
    expect(site.requests.filter((one) => one.status === 'dropped')).toHaveLength(1);
  });

  it('a call dropped after it counted did happen', async () => {
    const nonce = await started();
    site.faults.dropNext('update', 'after');
    await expect(give(site, share(site, 0), nonce)).rejects.toThrow();
    expect((await status(site)).json['progress']).toBe(1);
    expect((await give(site, share(site, 0), nonce)).text).toContain('already been provided');
  });

  it('a start can be lost on its way back', async () => {
    site.faults.dropNext('attempt-start', 'after');
    await expect(start(site)).rejects.toThrow();
    expect((await status(site)).json['started']).toBe(true);
  });

  it('hits as many calls as asked for, of the kind and node asked for', async () => {
    const [, second] = site.nodes;
    if (second === undefined) throw new Error('three nodes expected');
    site.faults.dropNext('attempt-status', 'before', { times: 2, node: second });
    expect((await status(site)).status).toBe(200);
    for (const _ of [1, 2]) {
      await expect(ask(site, { path: attempt, node: second })).rejects.toThrow();
    }
    expect((await ask(site, { path: attempt, node: second })).status).toBe(200);
  });

  it('redirects to another host without having looked at the share', async () => {
    const nonce = await started();
    site.faults.redirectNext({ to: 'https://elsewhere.invalid:8200', kind: 'update' });
    const answer = await give(site, share(site, 0), nonce);
    expect(answer).toMatchObject({ status: 307, text: '' });
    expect(answer.headers['location']).toBe(`https://elsewhere.invalid:8200/v1/${update}`);
    expect((await status(site)).json['progress']).toBe(0);
  });

  it('breaks an answer in the middle', async () => {
    site.faults.halfAnswer({ kind: 'attempt-start' });
    await expect(start(site)).rejects.toThrow();
    expect((await status(site)).json['started']).toBe(true);
  });

  it('lets an answer drip', async () => {
    site.faults.slow(200);
    expect((await status(site)).json['started']).toBe(false);
  });

  it('waits before every answer', async () => {
    site.faults.latency(3_600_000);
    const impatient = { ...trusted(), signal: AbortSignal.timeout(300) };
    expect(await refusal(impatient)).toMatch(/^ABORT_ERR/);
    site.faults.latency(0);
    expect(await refusal(trusted())).toBeUndefined();
  });

  it.each([200, 502] as const)('shows a page that is not Vault, %i', async (code) => {
    site.faults.notVault(code);
    const answer = await status(site);
    expect(answer.status).toBe(code);
    expect(answer.headers['content-type']).toBe('text/html');
    expect(answer.text).toContain('<html>');
  });

  it('sends as much as asked for', async () => {
    site.faults.hugeAnswer(3_000_000);
    const answer = await status(site);
    expect(answer.text.length).toBeGreaterThan(3_000_000);
    expect(Object.keys(answer.json)).toEqual(['data']);
  });

  it('refuses a body beyond Vault’s limit', async () => {
    const outcome = await ask(site, { path: update, rawBody: 'x'.repeat(33 * 1024 * 1024) }).then(
      (answer) => answer.status,
      () => 'reset',
    );
    expect(outcome === 413 || outcome === 'reset').toBe(true);
    expect((await status(site)).status).toBe(200);
  });

  it('is over after reset', async () => {
    site.faults.latency(1);
    site.faults.notVault(502, { times: 99 });
    site.faults.serverClock(1e9);
    site.faults.seal();
    site.faults.uninitialised();
    site.faults.standbys('refuse');
    site.faults.promoteRefuses({ times: 3 });
    await site.faults.primaryDown();
    await site.faults.certificate('expired');
    await site.faults.reset();
    for (const node of [site.primary, ...site.nodes]) {
      const answer = await ask(site, { path: 'sys/health?drsecondarycode=200', node });
      expect(answer.status).toBe(200);
    }
    expect((await ask(site, { path: attempt, node: site.loadBalancer })).status).toBe(200);
  });
});

describe('other people and other nodes', () => {
  it('another operator cancels, or starts', async () => {
    const first = (await start(site)).json['nonce'];
    site.faults.cancelByAnother();
    expect((await status(site)).json['started']).toBe(false);
    const nonce = await site.faults.startByAnother();
    expect(nonce).not.toBe(first);
    expect((await status(site)).json).toMatchObject({ started: true, nonce, progress: 0 });
    expect((await give(site, share(site, 0), textOf(first))).text).toContain(nonce);
  });

  it('another operator starts an attempt of the other kind', async () => {
    const nonce = await site.faults.startByAnother('root');
    expect((await give(site, share(site, 0), nonce)).text).toContain('incorrect strategy supplied');
  });

  it('shares are given elsewhere, up to the last', async () => {
    const nonce = textOf((await start(site)).json['nonce']);
    await give(site, share(site, 4), nonce);
    await site.faults.giveElsewhere();
    expect((await status(site)).json['progress']).toBe(2);
    await site.faults.giveElsewhere(0);
    expect((await status(site)).json).toMatchObject({ started: false, progress: 0 });
    expect(site.minted).toHaveLength(1);
  });

  it('a restarted node comes back sealed where nobody unseals it', async () => {
    await start(site);
    site.faults.restartActive('sealed');
    expect((await status(site)).text).toContain('Vault is sealed');
    const [, second] = site.nodes;
    if (second === undefined) throw new Error('three nodes expected');
    const answer = await ask(site, { path: attempt, node: second });
    expect(answer.json).toMatchObject({ started: false });
  });

  it('the load balancer goes round the nodes that are up', async () => {
    const throughBalancer = (): Promise<unknown> =>
      ask(site, { path: 'sys/leader', node: site.loadBalancer });
    for (const _ of [1, 2, 3]) await throughBalancer();
    expect(site.requests.map((one) => one.node)).toEqual([...site.nodes]);
    const [first] = site.nodes;
    if (first === undefined) throw new Error('three nodes expected');
    await site.faults.nodeDown(first);
    for (const _ of [1, 2, 3, 4]) await throughBalancer();
    expect(site.requests.slice(3).map((one) => one.node)).not.toContain(first);
    await site.faults.nodeUp(first);
    expect((await ask(site, { path: 'sys/leader' })).status).toBe(200);
  });

  it('two sites side by side know nothing of each other', async () => {
    const other = await PracticeSite.start();
    const nonce = textOf((await start(site)).json['nonce']);
    expect((await status(other)).json['started']).toBe(false);
    await start(other);
    const foreign = await give(other, share(site, 0), nonce);
    expect(foreign.text).toContain('incorrect nonce');
    expect((await complete(other).catch(() => undefined))?.last.status).toBe(400);
    await other.stop();
  });
});
