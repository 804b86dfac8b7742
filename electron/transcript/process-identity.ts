import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** Which process this is, told apart from a later one that was given the same number. */
export const processIdentitySchema = z.strictObject({
  pid: z.int().positive(),
  /** When it started, in clock ticks since boot (`/proc/<pid>/stat`, field 22); Linux only. */
  startedAt: z.string().max(40).optional(),
  /** Which boot that was (`/proc/sys/kernel/random/boot_id`); Linux only. */
  boot: z.string().max(80).optional(),
});
export type ProcessIdentity = z.infer<typeof processIdentitySchema>;

export async function thisProcess(): Promise<ProcessIdentity> {
  const stat = await readStat(process.pid);
  const boot = await readBoot();
  return { pid: process.pid, startedAt: stat?.startedAt, boot };
}

/** Whether that very process still runs. In doubt, yes: a lock is never broken on a guess. */
export async function isRunning(identity: ProcessIdentity): Promise<boolean> {
  if (identity.boot !== undefined && identity.boot !== (await readBoot())) return false;
  if (!answersSignals(identity.pid)) return false;
  const stat = await readStat(identity.pid);
  if (stat === undefined || identity.startedAt === undefined) return true;
  return stat.startedAt === identity.startedAt && !stat.dead;
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    // EPERM: it runs, as somebody else.
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
  }
}

async function readStat(pid: number): Promise<{ startedAt: string; dead: boolean } | undefined> {
  const text = await readText(`/proc/${pid}/stat`);
  // The second field is the program's name in brackets and may hold anything, spaces and brackets too.
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  const startedAt = fields?.[19];
  if (startedAt === undefined) return undefined;
  return { startedAt, dead: fields?.[0] === 'Z' || fields?.[0] === 'X' };
}

const readBoot = async (): Promise<string | undefined> =>
  (await readText('/proc/sys/kernel/random/boot_id'))?.trim();

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}
