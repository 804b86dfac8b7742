import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The real gpg with a keyring of its own: another person's machine. */
export class Gpg {
  readonly #home = mkdtempSync(join(tmpdir(), 'gpg-'));

  run(...words: readonly string[]): Buffer {
    return execFileSync(
      'gpg',
      [
        '--homedir',
        this.#home,
        '--batch',
        '--yes',
        '--pinentry-mode',
        'loopback',
        '--passphrase',
        '',
        ...words,
      ],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
  }

  /** Makes a key and returns its public half, armored. */
  key(name: string, algorithm = 'ed25519', usage = 'sign', expires = 'never'): string {
    this.run('--quick-generate-key', name, algorithm, usage, expires);
    return this.run('--armor', '--export', name).toString();
  }

  /** Signs these bytes as a file. */
  sign(bytes: Uint8Array, how: '--detach-sign' | '--clearsign', name?: string): string {
    const file = join(this.#home, 'statement.txt');
    writeFileSync(file, bytes);
    const user = name === undefined ? [] : ['--local-user', name];
    return this.run(...user, '--armor', '--output', '-', how, file).toString();
  }

  /** Runs a line of shell as this person would, with their keyring. Throws where it fails. */
  shell(line: string): void {
    const env = { ...process.env, GNUPGHOME: this.#home };
    execFileSync('bash', ['-c', line], { env, stdio: 'ignore' });
  }

  close(): void {
    spawnSync('gpgconf', ['--homedir', this.#home, '--kill', 'all']);
    rmSync(this.#home, { recursive: true, force: true });
  }
}
