import { readlinkSync, writeSync } from 'node:fs';
import promises, { open, type FileHandle } from 'node:fs/promises';
import http, { type ClientRequest, type RequestOptions } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { basename, dirname } from 'node:path';
import { z } from 'zod';
import type { Death } from './messages.ts';

/*
 * How a child of the matrix ends itself: by SIGKILL, from inside Node's own file and network calls,
 * which are wrapped here before the app is put together. The product knows nothing of it.
 */

const line = z.looseObject({ event: z.looseObject({ type: z.string() }) });

/** Nothing runs after this: no handler, no `finally`, no flush. */
const die = (): void => void process.kill(process.pid, 'SIGKILL');

/**
 * @param death when to die; undefined: never.
 * @param heard is told of every single thing that is done to a file of the records folder.
 */
export async function arrange(
  death: Death | undefined,
  heard: (what: string) => void,
): Promise<void> {
  await wrapFiles(death, heard);
  if (death?.at === 'reply') wrapRequests(death);
}

async function wrapFiles(death: Death | undefined, heard: (what: string) => void): Promise<void> {
  let done = 0;
  /** Right before something is done to a file of the records. */
  const about = (what: string, path: string): void => {
    if (basename(dirname(path)) !== 'records' && basename(path) !== 'records') return;
    const act = `${what} ${nameOf(path)}`;
    heard(act);
    if (death?.at !== 'disk' || death.what !== act) return;
    done += 1;
    if (done === death.nth) die();
  };
  const counts = new Map<string, number>();
  let due = false;

  const handle = await open('/dev/null');
  const prototype: object = Object.getPrototypeOf(handle);
  await handle.close();
  const appendFile: FileHandle['appendFile'] = Reflect.get(prototype, 'appendFile');
  const writeFile: FileHandle['writeFile'] = Reflect.get(prototype, 'writeFile');
  const sync: FileHandle['sync'] = Reflect.get(prototype, 'sync');
  const truncate: FileHandle['truncate'] = Reflect.get(prototype, 'truncate');

  Reflect.set(
    prototype,
    'appendFile',
    async function (this: FileHandle, data: Buffer): Promise<void> {
      about('write to', pathOf(this));
      const read = line.safeParse(jsonOf(data));
      const type = read.success ? read.data.event.type : '';
      const nth = (counts.get(type) ?? 0) + 1;
      counts.set(type, nth);
      due = death?.at === 'event' && death.type === type && death.nth === nth;
      if (due && death?.at === 'event' && death.moment === 'before-write') die();
      if (due && death?.at === 'event' && death.moment === 'half-written') {
        writeSync(this.fd, data.subarray(0, data.length >> 1));
        die();
      }
      return appendFile.call(this, data);
    },
  );
  Reflect.set(
    prototype,
    'writeFile',
    async function (this: FileHandle, data: string | Uint8Array): Promise<void> {
      about('write to', pathOf(this));
      return writeFile.call(this, data);
    },
  );
  Reflect.set(prototype, 'sync', async function (this: FileHandle): Promise<void> {
    about('fsync of', pathOf(this));
    await sync.call(this);
    if (due) die();
  });
  Reflect.set(prototype, 'truncate', async function (this: FileHandle, length: number) {
    about('cut of', pathOf(this));
    return truncate.call(this, length);
  });
  const { rename } = promises;
  promises.rename = async (from, to) => {
    about('rename to', String(to));
    return rename(from, to);
  };
  syncBuiltinESMExports();
}

function wrapRequests(death: Extract<Death, { at: 'reply' }>): void {
  let nth = 0;
  const { request } = http;
  const wrapped = (options: RequestOptions): ClientRequest => {
    const sent = request(options);
    const path = (options.path ?? '').replace(/\?.*$/, '');
    const writes = options.method === 'PUT' || options.method === 'POST';
    if (writes && path.endsWith(death.call)) {
      nth += 1;
      if (nth === death.nth) sent.prependOnceListener('response', die);
    }
    return sent;
  };
  Reflect.set(http, 'request', wrapped);
  syncBuiltinESMExports();
}

/** Linux alone says which file a descriptor is. */
const pathOf = ({ fd }: FileHandle): string => readlinkSync(`/proc/self/fd/${fd}`);

/** A file's name without what differs from run to run. */
const nameOf = (path: string): string => {
  const name = basename(path);
  if (name === 'records') return 'the folder';
  const plain = name
    .replace(/\d{8}-\d{6}-[0-9a-f]{8}/, '')
    .replace(/\.torn-.*/, '.torn')
    .replace(/\.[0-9a-f]{8,}$/, '');
  return plain.startsWith('.signatures')
    ? 'the signatures'
    : plain.endsWith('.torn')
      ? 'the torn line'
      : 'the journal';
};

function jsonOf(data: Buffer): unknown {
  try {
    return JSON.parse(data.toString('utf8'));
  } catch {
    return undefined;
  }
}
