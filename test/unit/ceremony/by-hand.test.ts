import { execFile, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isByBatchToken } from '../../../shared/ceremony/ways.ts';
import { byHand, type ByHand } from '../../../shared/ceremony/by-hand.ts';
import { fold } from '../../../shared/ceremony/fold.ts';
import { allSettled, nodeNow } from '../../../shared/ceremony/unseal.ts';
import type { CeremonyState, Phase } from '../../../shared/ceremony/state.ts';
import { recordsOf, sceneNonce, scenes } from '../../preview/scenes.ts';

const end = new Date('2026-11-23T03:40:00.000Z');

const states: readonly { name: string; state: CeremonyState }[] = scenes.map((scene) => {
  const folded = fold(recordsOf(scene, end));
  if (!folded.ok) throw new Error(`${scene.name}: ${folded.reason}`);
  return { name: scene.name, state: folded.state };
});

const inPhase = (phase: Phase): CeremonyState => {
  const found = states.find(({ state }) => state.phase === phase);
  if (!found) throw new Error(`no scene in the phase ${phase}`);
  return found.state;
};

const text = (steps: readonly ByHand[], field: 'vault' | 'http'): string =>
  steps.map((step) => step[field]).join('\n');

describe('what is said, phase by phase', () => {
  const said: Record<Phase, { vault: readonly string[]; http: readonly string[] }> = {
    preflight: { vault: ['vault status', '-status'], http: ['/v1/sys/health', '/v1/sys/leader'] },
    roster: { vault: [], http: [] },
    ready: { vault: ['-dr-token -init'], http: ['--request PUT', '/attempt'] },
    starting: { vault: ['-dr-token -status', '-dr-token -cancel'], http: ['/attempt'] },
    collecting: {
      vault: ["vault-dr-1.example.net:8200' vault operator generate-root -dr-token\n", '-cancel'],
      http: [`"nonce":"${sceneNonce}"`, '/update', '--request DELETE'],
    },
    superseded: { vault: ['-dr-token -status', '-dr-token -init'], http: ['/attempt'] },
    gone: { vault: ['-dr-token -status', '-dr-token -init'], http: ['/attempt'] },
    complete: { vault: ['python3', '-dr-token -decode=-'], http: [] },
    armed: {
      vault: ['write sys/replication/dr/secondary/promote dr_operation_token=-'],
      http: ['/v1/sys/replication/dr/secondary/promote'],
    },
    decoded: {
      vault: ['write sys/replication/dr/secondary/promote dr_operation_token=-'],
      http: ['/v1/sys/replication/dr/secondary/promote', 'operation-token/delete', 'revoke-self'],
    },
    promoting: { vault: ['vault status'], http: ['/v1/sys/health'] },
    watching: { vault: ['vault status'], http: ['/v1/sys/replication/dr/status'] },
    aftercare: {
      vault: ['operation-token/delete dr_operation_token=-', 'token revoke -self', 'token lookup'],
      http: ['operation-token/delete', 'revoke-self', 'lookup-self'],
    },
    'in-hand': { vault: ['token revoke -self'], http: ['revoke-self', 'lookup-self'] },
    unsealing: { vault: ['operator unseal'], http: ['/v1/sys/unseal'] },
    ended: { vault: [], http: [] },
  };

  /** A person's key takes the place of an OTP; unsealing looks at nodes, and gives to those that are sealed. */
  function wanted(state: CeremonyState): (typeof said)[Phase] {
    const seals = { vault: ['vault status'], http: ['/v1/sys/seal-status'] };
    if (state.phase === 'complete' && state.attempt.key !== undefined)
      return { vault: ['base64 -d | gpg --decrypt'], http: [] };
    if (state.phase === 'ready' && state.purpose === 'unseal') return seals;
    if (state.phase === 'unsealing' && !nodeNow(state.nodes))
      return allSettled(state.nodes) ? { vault: [], http: [] } : seals;
    return said[state.phase];
  }

  it.each(states.filter(({ state }) => !isByBatchToken(state) || state.phase === 'armed'))(
    '$name',
    ({ state }) => {
      const steps = byHand(state);
      const { vault, http } = wanted(state);
      for (const part of vault) expect(text(steps, 'vault')).toContain(part);
      // A joined attempt has the nonce of whoever started it.
      const nonce = 'attempt' in state ? state.attempt.nonce : sceneNonce;
      for (const part of http)
        expect(text(steps, 'http')).toContain(part.replace(sceneNonce, nonce));
      for (const step of steps) expect(step.title.length + step.vault.length).toBeGreaterThan(20);
    },
  );

  it('starts no attempt and deletes no token where a batch token promotes', () => {
    const byToken = states.filter(({ state }) => isByBatchToken(state));
    expect(byToken.length).toBeGreaterThan(4);
    for (const { state } of byToken) {
      if (state.phase === 'preflight' || state.phase === 'roster') continue;
      expect(text(byHand(state), 'vault')).not.toMatch(/-init|operation-token\/delete/);
    }
  });

  it('shows the steps of every phase there is', () => {
    expect(new Set(states.map(({ state }) => state.phase))).toEqual(new Set(Object.keys(said)));
  });

  it('opens and closes the door with its exact line, and asks every node without a token', () => {
    const before = states.find(({ name }) => name === 'glass-open');
    const after = states.find(({ name }) => name === 'glass-close');
    if (!before || !after) throw new Error('no scene');
    for (const { state } of [before, after]) {
      const steps = byHand(state);
      expect(text(steps, 'vault')).toContain(
        'enable_unauthenticated_access = ["generate-operation-token"]',
      );
      expect(text(steps, 'vault')).toContain('SIGHUP');
      for (const node of state.cluster.nodes)
        expect(text(steps, 'http')).toContain(`'${node}/v1/sys/rekey/init'`);
    }
  });

  it('never promotes while a promote is under way', () => {
    expect(text(byHand(inPhase('watching')), 'vault')).not.toContain('/promote');
    expect(text(byHand(inPhase('promoting')), 'http')).not.toContain('/promote');
  });
});

describe('every command', () => {
  const all = states.flatMap(({ state }) => byHand(state));

  it('means the DR operation token, not a root token', () => {
    const made = all
      .flatMap((step) => step.vault.split('\n'))
      .filter((l) => /generate-root/.test(l));
    expect(made.length).toBeGreaterThan(0);
    for (const line of made) expect(line).toMatch(/generate-root -dr-token(\s|$)/);
  });

  it('turns the retries of the vault command off before anything is sent', () => {
    for (const { state } of states) {
      const sent = text(byHand(state), 'vault');
      if (/VAULT_ADDR/.test(sent) && state.phase !== 'complete')
        expect(sent.indexOf('VAULT_MAX_RETRIES=0')).toBeLessThan(sent.indexOf('VAULT_ADDR='));
    }
  });

  it('never sends the namespace of the environment to a path of the root namespace', () => {
    expect(text(byHand(inPhase('collecting')), 'vault')).toContain('unset VAULT_NAMESPACE');
    expect(text(all, 'http')).not.toMatch(/X-Vault-Namespace/i);
  });

  it('asks for the Vault token where the server wants one, and only there', () => {
    const ready = inPhase('ready');
    if (ready.phase !== 'ready') throw new Error('wrong scene');
    const asking = { ...ready, preflight: { ...ready.preflight, tokenNeeded: true } };
    expect(text(byHand(asking), 'vault')).toContain('read -rs VAULT_TOKEN && export VAULT_TOKEN');
    expect(text(byHand(ready), 'vault')).not.toContain('VAULT_TOKEN');
  });
});

/*
 * The commands are run by bash with stand-ins for `vault` and `curl` that write down what they were
 * given: what a process list would show, and what came by standard input.
 */
describe('run by a shell', () => {
  const secret = 'hvs-typed-by-a-person';
  let folder = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keyturn-by-hand-'));
    const stand = [
      '#!/usr/bin/env bash',
      'for word in "$@"; do printf "%s\\n" "$word" >> "$SEEN/argv"; done',
      'case " $* " in *" - "*|*"=- "*|*" @- "*|*" -decode=- "*) cat >> "$SEEN/stdin";; esac',
      'for word in "$@"; do case "$word" in /dev/fd/*) cat "$word" >> "$SEEN/config";; esac; done',
      'printf "%s" "${VAULT_TOKEN:-}" >> "$SEEN/token"',
      'printf "%s" "${VAULT_ADDR:-}" >> "$SEEN/address"',
    ].join('\n');
    for (const name of ['vault', 'curl']) {
      await writeFile(join(folder, name), stand);
      await chmod(join(folder, name), 0o755);
    }
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const seen = async (file: string): Promise<string> =>
    readFile(join(folder, file), 'utf8').catch(() => '');

  async function run(script: string, typed: string): Promise<void> {
    for (const file of ['argv', 'stdin', 'config', 'token', 'address'])
      await rm(join(folder, file), { force: true });
    await new Promise<void>((resolve, reject) => {
      const env = {
        PATH: `${folder}:${process.env['PATH'] ?? ''}`,
        SEEN: folder,
        VAULT_CACERT: 'ca',
      };
      const child = execFile('bash', ['-c', script], { env }, (error) =>
        error ? reject(new Error(error.message)) : resolve(),
      );
      child.stdin?.end(typed);
    });
  }

  const phases: readonly Phase[] = ['collecting', 'decoded', 'aftercare'];
  const typing = phases.flatMap((phase) =>
    byHand(inPhase(phase)).flatMap((step) =>
      [step.vault, step.http]
        .filter((script) => /read -rs/.test(script))
        .map((script) => ({ phase, script })),
    ),
  );

  it('finds commands that ask for a secret', () => {
    expect(typing.length).toBeGreaterThanOrEqual(9);
  });

  it.each(typing)('in $phase, never shows the secret in argv: $script', async ({ script }) => {
    await run(script, `${secret}\n`);
    const [argv, stdin, config, token] = await Promise.all(
      ['argv', 'stdin', 'config', 'token'].map(seen),
    );
    expect(argv).not.toBe('');
    expect(argv).not.toContain(secret);
    expect(`${stdin}${config}${token}`).toContain(secret);
    if (stdin) expect(stdin).not.toMatch(/\s$/);
  });

  it('sends share and nonce as JSON', async () => {
    const give = byHand(inPhase('collecting')).find((step) => /"key"/.test(step.http));
    await run(give?.http ?? '', `${secret}\n`);
    expect(JSON.parse(await seen('stdin'))).toEqual({ key: secret, nonce: sceneNonce });
  });

  it('hands the encoded token over without a line end, where Vault does not trim it', async () => {
    const decode = byHand(inPhase('complete')).find((step) => /-decode=-/.test(step.vault));
    await run(decode?.vault ?? '', 'WEdBHVVXVVNdXyYqKi4uKiomJjo6Pj46OiYmKg\n0123456789\n');
    expect(await seen('stdin')).toBe('WEdBHVVXVVNdXyYqKi4uKiomJjo6Pj46OiYmKg');
    expect(await seen('argv')).toContain('-otp=0123456789');
    expect(await seen('address')).toBe('https://vault-dr-1.example.net:8200');
  });
});

/** Vectors: docs/protocol.md §2. */
describe('the offline decoder', () => {
  const script =
    byHand(inPhase('complete')).find((step) => /python3/.test(step.vault))?.vault ?? '';

  const decode = (encoded: string, otp: string): Promise<string | undefined> =>
    new Promise((resolve, reject) => {
      // In a session of its own: without a terminal, getpass reads standard input.
      const child = spawn('bash', ['-c', script], { detached: true });
      let said = '';
      child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
      child.on('error', reject);
      child.on('close', () =>
        resolve(/python3: (command )?not found/.test(said) ? undefined : said),
      );
      child.stdin.end(`${encoded}\n${otp}\n`);
    });

  it.each([
    [
      'WEdBHVVXVVNdXyYqKi4uKiomJjo6Pj46OiYmKg',
      '0123456789ABCDEFGHIJKLMNOPQR',
      'hvs.abcdefghijklmnopqrstuvwx',
    ],
    [
      'CVc5NTUxMTU1OTklJSEhJSU5OTU1MTE1NTk',
      'zyxwvutsrqponmlkjihgfedcba',
      's.ABCDEFGHIJKLMNOPQRSTUVWX',
    ],
    [
      'cuplaFGYduDEY6ZVC5IfaA==',
      'vZpZZf5UI1nvB3A5/7Xq9A==',
      'cf703c0d-afcc-55b9-2b64-d66cf427f59c',
    ],
  ])('decodes %s', async (encoded, otp, token) => {
    const plain = await decode(encoded, otp);
    if (plain === undefined) {
      console.log('not run: python3 is not installed here');
      return;
    }
    expect(plain.trim().split('\n').at(-1)).toContain(token);
  });

  it('refuses lengths that do not fit instead of decoding half', async () => {
    const plain = await decode('WEdBHVVXVVNdXyYqKi4uKiomJjo6Pj46OiYmKg', 'short');
    if (plain === undefined) return;
    expect(plain).toContain('do not fit');
  });
});
