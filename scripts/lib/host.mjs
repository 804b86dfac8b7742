// Which desktop shell runs here, and why. Never imports `electron`: outside Electron that name
// starts a download.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

const electron = join(root, 'node_modules/electron');
const secondsForInstaller = 60;

/**
 * @param mayFetch whether Electron's own installer may be tried (once for each version)
 * @returns `{ kind, why, program? }`; `program` is Electron's executable
 */
export function chooseHost({ mayFetch, env = process.env }) {
  const forced = env.KEYTURN_HOST;
  if (forced === 'chromium') return { kind: 'chromium', why: 'KEYTURN_HOST asks for it' };
  if (forced !== undefined && forced !== 'electron') {
    throw new Error('KEYTURN_HOST may be "electron" or "chromium".');
  }
  if (forced === undefined && process.platform === 'linux' && process.getuid?.() === 0) {
    return { kind: 'chromium', why: 'Electron refuses its sandbox to root' };
  }
  const installed = electronProgram();
  if (installed !== undefined) {
    return { kind: 'electron', why: 'its runtime is installed', program: installed };
  }
  const fetched = mayFetch ? fetchElectron() : undefined;
  if (fetched !== undefined) {
    return {
      kind: 'electron',
      why: 'its runtime was fetched by its own installer',
      program: fetched,
    };
  }
  if (forced === 'electron') {
    throw new Error('Electron’s runtime is not installed and could not be fetched.');
  }
  return { kind: 'chromium', why: 'Electron’s runtime is not installed and could not be fetched' };
}

function electronProgram() {
  try {
    const program = join(electron, 'dist', readFileSync(join(electron, 'path.txt'), 'utf8'));
    return existsSync(program) ? program : undefined;
  } catch {
    return undefined;
  }
}

/** A sealed network is not asked again and again: a failure is remembered for this version. */
function fetchElectron() {
  const { version } = JSON.parse(readFileSync(join(electron, 'package.json'), 'utf8'));
  const cache = join(root, 'node_modules/.cache/keyturn');
  const failedBefore = join(cache, `electron-${version}-not-fetched`);
  if (existsSync(failedBefore)) return undefined;
  console.log(
    `Fetching Electron ${version} with its own installer (at most ${secondsForInstaller} s) …`,
  );
  const run = spawnSync(process.execPath, [join(electron, 'install.js')], {
    stdio: 'ignore',
    timeout: secondsForInstaller * 1000,
    killSignal: 'SIGKILL',
  });
  const program = run.status === 0 ? electronProgram() : undefined;
  if (program === undefined) {
    mkdirSync(cache, { recursive: true });
    writeFileSync(failedBefore, 'Remove this file to try again.\n');
  }
  return program;
}
