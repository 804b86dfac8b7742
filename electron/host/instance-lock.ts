import { readFileSync } from 'node:fs';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Trouble } from '../../shared/problem.ts';

/**
 * Makes this process the only one that uses the data folder (Electron has its own lock for that).
 * A lock left by a process that is gone is taken over. Returns the function that gives it back.
 * @throws Trouble `ceremony.busy` while another Keyturn uses the folder
 */
export async function claimDataFolder(dataFolder: string): Promise<() => Promise<void>> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const file = join(dataFolder, 'instance.lock');
  const mine = `${process.pid} ${startOf(process.pid)}`;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (await createdWith(file, mine)) return () => giveBack(file, mine);
    if (isAlive(await holderOf(file))) throw busy(dataFolder);
    await rm(file, { force: true });
  }
  throw busy(dataFolder);
}

async function createdWith(file: string, text: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle.writeFile(text);
    await handle.close();
    return true;
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST') return false;
    throw thrown;
  }
}

/** The text in the lock; read twice where it is empty, since its owner may be writing it now. */
async function holderOf(file: string): Promise<string> {
  const read = (): Promise<string> => readFile(file, 'utf8').catch(() => '');
  const held = await read();
  if (held !== '') return held;
  await delay(200);
  return read();
}

async function giveBack(file: string, mine: string): Promise<void> {
  if ((await holderOf(file)) === mine) await rm(file, { force: true });
}

function isAlive(held: string): boolean {
  const [pidText = '', start = ''] = held.split(' ');
  const pid = Number(pidText);
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (thrown) {
    // EPERM: alive, under another user.
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM';
  }
  return start === startOf(pid);
}

/** Start time from /proc/PID/stat field 22, which tells a process from a later one with its number; '' elsewhere. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

const busy = (dataFolder: string): Trouble =>
  new Trouble({
    code: 'ceremony.busy',
    known: 'Keyturn is already open with this data folder.',
    safe: 'The first window goes on as it was; this one did nothing.',
    next: 'Use the window that is open, or start Keyturn with another folder: --data DIR.',
    facts: { folder: dataFolder },
  });
