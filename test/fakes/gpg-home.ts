import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Why the real gpg cannot be used here; undefined where it can. Print it when a test is skipped. */
export function gpgNotHere(): string | undefined {
  return spawnSync('/usr/bin/gpg', ['--version']).status === 0
    ? undefined
    : 'not installed in /usr/bin: gpg';
}

export function skipWithoutGpg(what: string): boolean {
  const why = gpgNotHere();
  if (why !== undefined) console.warn(`Skipped: ${what} (${why}).`);
  return why !== undefined;
}

/** A gpg with a home of its own, and an agent that ends with it. */
export class GpgHome {
  readonly home: string;

  constructor() {
    this.home = mkdtempSync(join(tmpdir(), 'kt-gpg-'));
    chmodSync(this.home, 0o700);
    // Nobody is there to be asked: a key with a passphrase stays locked.
    writeFileSync(join(this.home, 'gpg-agent.conf'), 'pinentry-program /bin/false\n');
  }

  run(args: readonly string[], input?: Uint8Array | string): Buffer {
    return execFileSync('/usr/bin/gpg', ['--batch', '--quiet', ...args], {
      env: { GNUPGHOME: this.home, LC_ALL: 'C', HOME: this.home },
      ...(input === undefined ? {} : { input }),
      stdio: ['pipe', 'pipe', 'ignore'],
    });
  }

  /** Makes a key. @returns its fingerprint in lower-case hex. */
  make(
    name: string,
    { kind = 'future-default', usage = 'default', expires = 'never', passphrase = '' } = {},
  ): string {
    const unattended = ['--pinentry-mode', 'loopback', '--passphrase', passphrase];
    this.run([...unattended, '--quick-gen-key', name, kind, usage, expires]);
    return this.fingerprint(name);
  }

  fingerprint(name: string): string {
    const listing = this.run(['--with-colons', '--list-keys', name]).toString();
    return /^fpr:+([0-9A-F]{40}):/m.exec(listing)?.[1]?.toLowerCase() ?? '';
  }

  publicKey(name: string): Buffer {
    return this.run(['--export', name]);
  }

  privateKey(name: string, passphrase = ''): string {
    const unattended = ['--pinentry-mode', 'loopback', '--passphrase', passphrase];
    return this.run([...unattended, '--armor', '--export-secret-keys', name]).toString();
  }

  encrypt(text: string, to: string, ...more: readonly string[]): Buffer {
    return this.run(['--trust-model', 'always', ...more, '--encrypt', '--recipient', to], text);
  }

  close(): void {
    spawnSync('/usr/bin/gpgconf', ['--kill', 'all'], { env: { GNUPGHOME: this.home } });
    rmSync(this.home, { recursive: true, force: true });
  }
}
