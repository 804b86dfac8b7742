import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { findChromium } from '../../electron/host/chromium-profile.ts';
import type { ChromiumHost } from '../../electron/host/chromium.ts';
import type { Place } from './search.ts';

/**
 * Chromium with whole strings in its heap snapshots, which otherwise end after 1,024 characters.
 * Give it to the app as `KEYTURN_CHROMIUM`.
 */
export async function chromiumWithWholeStrings(folder: string): Promise<string> {
  const file = join(folder, 'chromium-with-whole-strings');
  const flags = '--js-flags=--heap-snapshot-string-limit=100000000';
  await writeFile(file, `#!/bin/sh\nexec '${findChromium() ?? ''}' '${flags}' "$@"\n`, {
    mode: 0o755,
  });
  return file;
}

/** A snapshot of a page's JavaScript heap: every string that its program could still reach. */
export async function heapOf(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const chunks: Buffer[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(Buffer.from(chunk)));
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return Buffer.concat(chunks);
}

/** Notes every message between main and the guide on a host that has not been given to the app yet. */
export function overhear(host: ChromiumHost): readonly string[] {
  const heard: string[] = [];
  const [push, onCall] = [host.push.bind(host), host.onCall.bind(host)];
  host.push = (surface, name, payload) => {
    if (surface === 'guide') heard.push(`${name} ${JSON.stringify(payload)}`);
    push(surface, name, payload);
  };
  host.onCall = (handler) =>
    onCall(async (surface, name, payload) => {
      const reply = await handler(surface, name, payload);
      if (surface === 'guide') heard.push(`${name} ${payload ?? ''} ${JSON.stringify(reply)}`);
      return reply;
    });
  return heard;
}

/**
 * The written memory of a process, region by region: also what no program can reach any more. Nothing
 * where the system does not let us look, as with any process of another user.
 */
export async function* memoryOf(pid: number, name: string): AsyncGenerator<Place> {
  const maps = await readFile(`/proc/${pid}/maps`, 'utf8').catch(() => '');
  const memory = await open(`/proc/${pid}/mem`).catch(() => undefined);
  if (!memory) return;
  try {
    for (const [, from = '', to = ''] of maps.matchAll(/^([0-9a-f]+)-([0-9a-f]+) rw/gm)) {
      const [start, end] = [Number.parseInt(from, 16), Number.parseInt(to, 16)];
      for (let at = start; at < end; at += block) {
        const bytes = Buffer.allocUnsafe(Math.min(block + overlap, end - at));
        const read = await memory.read(bytes, 0, bytes.length, at).catch(() => undefined);
        const used = bytes.subarray(0, read?.bytesRead ?? 0);
        // Most of what is reserved was never written.
        if (!used.equals(nothing.subarray(0, used.length)))
          yield { name: `${name} at ${at.toString(16)}`, bytes: used };
      }
    }
  } finally {
    await memory.close();
  }
}

/** Bytes. A block reads a little into the next one, so that nothing lies on a border. */
const block = 256 * 1024;
const overlap = 1024;
const nothing = Buffer.alloc(block + overlap);

/** Chromium's processes that run pages, below a folder of `/proc` numbers. */
export async function renderersAmong(pids: readonly number[]): Promise<readonly number[]> {
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return pids.filter((_, place) => lines[place]?.includes('--type=renderer'));
}
