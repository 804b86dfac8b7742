import { resolve } from 'node:path';

export interface Arguments {
  /** Absolute; absent: the host's own default. */
  readonly dataFolder: string | undefined;
  readonly allowRealCluster: boolean;
  /** The keyring was made for this run and ends with it (scripts/with-keyring.mjs). */
  readonly temporaryKeyring: boolean;
  /** Chromium host only, for the end-to-end tests; from the environment, never from the command line. */
  readonly debugPort: number | undefined;
  /** Absent: the app opens. */
  readonly selfTest: SelfTestArguments | undefined;
}

export interface SelfTestArguments {
  readonly askClusters: boolean;
  readonly expectNoNetwork: boolean;
  readonly json: boolean;
}

/** Reads `--data DIR` and `--allow-real-cluster` and `--self-test`, and what the start script says in the environment. */
export function readArguments(
  words: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Arguments {
  const at = words.indexOf('--data');
  const named = at === -1 ? words.find((word) => word.startsWith('--data=')) : undefined;
  const folder = at === -1 ? named?.slice('--data='.length) : words[at + 1];
  const port = Number(env['KEYTURN_DEBUG_PORT'] ?? '');
  return {
    dataFolder: folder === undefined || folder === '' ? undefined : resolve(folder),
    allowRealCluster: words.includes('--allow-real-cluster'),
    temporaryKeyring: env['KEYTURN_KEYRING'] === 'temporary',
    selfTest: words.includes('--self-test') ? selfTestArguments(words) : undefined,
    debugPort: Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined,
  };
}

/** `--profiles` asks the saved clusters, `--expect-no-network` makes an interface that is up a stop. */
const selfTestArguments = (words: readonly string[]): SelfTestArguments => ({
  askClusters: words.includes('--profiles'),
  expectNoNetwork: words.includes('--expect-no-network'),
  json: words.includes('--json'),
});
