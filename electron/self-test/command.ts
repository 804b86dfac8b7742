import {
  checkNames,
  type Check,
  type SelfTest,
  type SelfTestVerdict,
  type SelfTestWish,
} from '../../shared/self-test.ts';
import { printable, printableJson } from '../../shared/transcript/printable.ts';
import { OsKeychain } from '../keychain/os-keychain.ts';
import type { Connect } from './clusters.ts';
import type { ProgramPlace } from './program.ts';
import { runSelfTest, type SelfTestOptions } from './self-test.ts';

export interface SelfTestCommand extends SelfTestWish {
  /** One JSON object in place of sentences. */
  readonly json: boolean;
}

export interface CommandSurroundings {
  readonly dataFolder: string;
  readonly temporaryKeyring: boolean;
  readonly program: ProgramPlace;
  readonly profiles: SelfTestOptions['profiles'];
  readonly connect: Connect;
  readonly print: (text: string) => void;
}

/**
 * `--self-test` of either host, without a window. Needs no lock on the data folder: Keyturn may be
 * open beside it. Gives the exit code: 1 where something stops a ceremony, else 0.
 */
export async function selfTestCommand(
  command: SelfTestCommand,
  around: CommandSurroundings,
): Promise<0 | 1> {
  // Entries of its own, so that a Keyturn that is open is not disturbed.
  const keychain = new OsKeychain({ dataFolder: `${around.dataFolder}/self-test` });
  const result = await runSelfTest({ ...around, keychain }, command);
  around.print(command.json ? `${printableJson(result)}\n` : inSentences(result));
  return result.verdict === 'red' ? 1 : 0;
}

/**
 * For a terminal: the word first, then what was seen, then what to do. Names of clusters come out of a
 * file, so what a terminal would obey is spelled out.
 */
export function inSentences({ checks, verdict, clustersAsked }: SelfTest): string {
  const lines = checks.flatMap((check) => [
    `${words[check.level].padEnd(9)} ${checkNames[check.id]}: ${printable(check.what)}`,
    ...(check.todo === '' ? [] : [`${' '.repeat(9)} To do: ${printable(check.todo)}`]),
  ]);
  const notAsked = clustersAsked
    ? []
    : ['The saved clusters were not asked; --profiles asks them.'];
  return `${[...lines, '', ...notAsked, conclusions[verdict]].join('\n')}\n`;
}

const words: Readonly<Record<Check['level'], string>> = {
  ok: 'GREEN',
  warning: 'AMBER',
  stop: 'RED',
  unknown: 'NOT KNOWN',
};

const conclusions: Readonly<Record<SelfTestVerdict, string>> = {
  green: 'GREEN: this machine is ready for a ceremony.',
  amber: 'AMBER: a ceremony can be held here; look at what is not green.',
  red: 'RED: a ceremony would fail here, or must not be held here.',
};
