import { writeSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import http, { type ClientRequest, type RequestOptions } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { dirname } from 'node:path';
import { z } from 'zod';
import { onDiskAct, pathOf, tellDiskAct } from './disk-acts.ts';
import type { Death } from './messages.ts';

/*
 * How a child of the matrix ends itself: by SIGKILL, from inside Node's own file and network calls,
 * which are wrapped before the app is put together. The product knows nothing of it.
 */

const line = z.looseObject({ event: z.looseObject({ type: z.string() }) });

/** Nothing runs after this: no handler, no `finally`, no flush. */
const die = (): void => void process.kill(process.pid, 'SIGKILL');

/**
 * @param death when to die; undefined: never.
 * @param dataFolder the folder of this life; what lies beside it counts too.
 * @param heard is told of every single thing that is done to a file in there.
 */
export async function arrange(
  death: Death | undefined,
  dataFolder: string,
  heard: (what: string) => void,
): Promise<void> {
  let done = 0;
  onDiskAct(dirname(dataFolder), (act) => {
    heard(act);
    if (death?.at !== 'disk' || death.what !== act) return;
    done += 1;
    if (done === death.nth) die();
  });
  await wrapHandles(death?.at === 'event' ? death : undefined);
  if (death?.at === 'reply') wrapRequests(death);
}

async function wrapHandles(death: Extract<Death, { at: 'event' }> | undefined): Promise<void> {
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
      tellDiskAct('write to', pathOf(this.fd));
      const read = line.safeParse(jsonOf(data));
      const type = read.success ? read.data.event.type : '';
      const nth = (counts.get(type) ?? 0) + 1;
      counts.set(type, nth);
      due = death?.type === type && death.nth === nth;
      if (due && death?.moment === 'before-write') die();
      if (due && death?.moment === 'half-written') {
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
      tellDiskAct('write to', pathOf(this.fd));
      return writeFile.call(this, data);
    },
  );
  Reflect.set(prototype, 'sync', async function (this: FileHandle): Promise<void> {
    tellDiskAct('fsync of', pathOf(this.fd));
    if (due && death?.moment === 'before-sync') die();
    await sync.call(this);
    if (due) die();
  });
  Reflect.set(prototype, 'truncate', async function (this: FileHandle, length: number) {
    tellDiskAct('cut of', pathOf(this.fd));
    return truncate.call(this, length);
  });
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

function jsonOf(data: Buffer): unknown {
  try {
    return JSON.parse(data.toString('utf8'));
  } catch {
    return undefined;
  }
}
