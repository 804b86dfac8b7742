import { fork, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildNodeMain } from '../../scripts/build.mjs';
import type { Problem } from '../../shared/problem.ts';
import { saidSchema, type Orders, type Report, type Said } from './messages.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** A child that says nothing for so long hangs, and the cell fails. */
const silenceMs = 90_000;

/** The child as one file for plain Node, keytar aside. */
export class Program {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async build(): Promise<Program> {
    // Inside node_modules, so that the built child finds keytar.
    const cache = join(root, 'node_modules', '.cache');
    await mkdir(cache, { recursive: true });
    const folder = await mkdtemp(join(cache, 'keyturn-faults-'));
    await buildNodeMain(join(root, 'test/faults/child.ts'), folder, 'child.mjs');
    return new Program(folder);
  }

  get path(): string {
    return join(this.#folder, 'child.mjs');
  }

  remove(): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true });
  }
}

/** What became of one life of the app. */
export interface Life {
  readonly killed: boolean;
  readonly steps: readonly string[];
  readonly troubles: readonly { readonly step: string; readonly problem: Problem }[];
  /** Where it took a ceremony up. */
  readonly report: Report | undefined;
  readonly disk: readonly string[];
  /** Absent where it died. */
  readonly ended: string | undefined;
}

export interface Around {
  /** The server administrator does it. */
  readonly administrator: (what: 'open-door' | 'close-door') => void;
  /** Before the child goes on from what it took up. */
  readonly takenUp?: () => void;
}

/** Lives one life to its end, by SIGKILL or not. Throws where it ends in any other way. */
export async function live(program: Program, orders: Orders, around: Around): Promise<Life> {
  // None of the test runner's own flags.
  const child = fork(program.path, [], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let errors = '';
  child.stderr?.on('data', (data: Buffer) => (errors += data.toString('utf8')));
  const heard: Said[] = [];
  let silence: NodeJS.Timeout | undefined;
  const listen = (): void => {
    clearTimeout(silence);
    silence = setTimeout(() => child.kill('SIGABRT'), silenceMs);
  };
  listen();
  child.on('message', (message) => {
    listen();
    const said = saidSchema.parse(message);
    heard.push(said);
    if (said.say === 'ask') around.administrator(said.what);
    if (said.say === 'taken-up') around.takenUp?.();
    if (said.say === 'ask' || said.say === 'taken-up') child.send('go on', () => undefined);
  });
  child.send(orders, () => undefined);
  const signal = await ended(child);
  clearTimeout(silence);
  const life = lifeOf(heard, signal === 'SIGKILL');
  if (signal !== 'SIGKILL' && life.ended === undefined)
    throw new Error(
      `The child ended by ${signal ?? 'itself'} after ${life.steps.slice(-5).join(', ')}: ${errors.slice(-2_000)}`,
    );
  return life;
}

function ended(child: ChildProcess): Promise<NodeJS.Signals | null> {
  return new Promise((resolve) => {
    child.once('close', (_code, signal) => resolve(signal));
  });
}

function lifeOf(heard: readonly Said[], killed: boolean): Life {
  const report = heard.find((said) => said.say === 'taken-up')?.report;
  const over = heard.find((said) => said.say === 'over');
  return {
    killed,
    steps: heard.flatMap((said) => (said.say === 'step' ? [said.step] : [])),
    troubles: heard.flatMap((said) =>
      said.say === 'trouble' ? [{ step: said.step, problem: said.problem }] : [],
    ),
    report,
    disk: heard.flatMap((said) => (said.say === 'disk' ? [said.what] : [])),
    ended: over?.ended,
  };
}
