import { spawn } from 'node:child_process';
import { gpgMissing, gpgFailed, gpgStopped, gpgTimeout } from './pgp-trouble.ts';

export interface GpgRun {
  readonly program: string;
  readonly env: Record<string, string>;
  readonly args: readonly string[];
  /** Goes to standard input: never a file, never an argument. */
  readonly input?: Uint8Array;
  readonly seconds: number;
  /** Bytes of standard output; more ends the run. */
  readonly most: number;
  readonly signal?: AbortSignal | undefined;
}

export interface GpgEnd {
  readonly code: number;
  readonly output: Buffer;
  /** The lines of `--status-fd`, without their mark. What gpg says to people is left out. */
  readonly status: readonly string[];
}

/** Every call: nobody to ask on a terminal, no network, status lines beside what is said to people. */
const always = ['--batch', '--no-tty', '--quiet', '--disable-dirmngr', '--status-fd', '2'];
/** How long gpg has to end by itself once asked to, in milliseconds. */
const grace = 2_000;

/**
 * Runs gpg once: fixed arguments, no shell, an environment of its own, input and output through
 * pipes only.
 *
 * @throws Trouble `pgp.gpg-missing`, `pgp.gpg-timeout`, `pgp.gpg-stopped`, `pgp.gpg-failed`.
 */
export function runGpg(run: GpgRun): Promise<GpgEnd> {
  return new Promise((resolve, reject) => {
    if (run.signal?.aborted) return reject(gpgStopped());
    const child = spawn(run.program, [...always, ...run.args], {
      env: run.env,
      stdio: 'pipe',
      shell: false,
      windowsHide: true,
    });
    const output: Buffer[] = [];
    let size = 0;
    let said = '';

    let over = false;
    const give = (trouble: Error): void => {
      if (over) return;
      over = true;
      child.stdout.destroy();
      for (const chunk of output) chunk.fill(0);
      stop();
      child.kill();
      // Referenced on purpose: a gpg that does not listen must not outlive the app.
      const last = setTimeout(() => child.kill('SIGKILL'), grace);
      child.once('exit', () => clearTimeout(last));
      reject(trouble);
    };
    const timer = setTimeout(() => give(gpgTimeout(run.seconds)), run.seconds * 1000);
    const onStop = (): void => give(gpgStopped());
    const stop = (): void => {
      clearTimeout(timer);
      run.signal?.removeEventListener('abort', onStop);
    };
    run.signal?.addEventListener('abort', onStop);

    child.stdout.on('data', (chunk: Buffer) => {
      output.push(chunk);
      size += chunk.length;
      if (size > run.most) give(gpgFailed('gpg gave back far more than a share or a token.'));
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-256 * 1024);
    });
    child.once('error', () => {
      stop();
      reject(gpgMissing());
    });
    child.once('close', (code) => {
      stop();
      const whole = Buffer.concat(output);
      for (const chunk of output) chunk.fill(0);
      resolve({ code: code ?? -1, output: whole, status: statusLines(said) });
    });
    // gpg may end before it has read everything: what it says then tells more than a broken pipe.
    child.stdin.on('error', () => undefined);
    child.stdin.end(run.input);
  });
}

const mark = '[GNUPG:] ';
const statusLines = (said: string): readonly string[] =>
  said
    .split(/\r?\n/)
    .filter((line) => line.startsWith(mark))
    .map((line) => line.slice(mark.length));
