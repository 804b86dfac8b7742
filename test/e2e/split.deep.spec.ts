import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { Collector } from '../../shared/offline/collector.ts';
import { framesOf, readFrame } from '../../shared/offline/frames.ts';
import type { ParcelKind } from '../../shared/offline/parcel.ts';
import type { Sha256 } from '../../shared/transcript/entry.ts';
import { filesBelow } from '../search/places.ts';
import { Search, type Hit, type Place } from '../search/search.ts';

/** The last line of the rehearsal: what it promises. */
const lineSchema = z.object({
  way: z.literal('split'),
  ceremony: z.literal('closed'),
  promoted: z.literal(true),
  records: z.array(z.string()).length(5),
  verified: z.literal(5),
  payloads: z.string(),
  requests: z.string(),
  dataFolders: z.array(z.string()).length(5),
  drives: z.string(),
  practiceSecrets: z.object({
    shares: z.array(z.string()).length(5),
    token: z.string().min(20),
    passphrases: z.array(z.string()),
  }),
});

const sha256: Sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Every parcel that these lines carry, put together: a frame alone has only a piece, or a mix of pieces. */
function parcelsIn(text: string): ReadonlyMap<string, Uint8Array> {
  const collectors = new Map<string, Collector>();
  const parcels = new Map<string, Uint8Array>();
  for (const line of text.split('\n')) {
    const frame = readFrame(line.trim());
    if (!frame || parcels.has(named(frame))) continue;
    const collector = collectors.get(named(frame)) ?? new Collector(frame.kind, sha256);
    collectors.set(named(frame), collector);
    const taken = collector.take(line);
    if (taken.done) parcels.set(named(frame), taken.parcel.bytes);
  }
  return parcels;
}

const named = ({ kind, id }: { kind: ParcelKind; id: string }): string => `${kind} ${id}`;

test('split duty on five laptops: closed, promoted, five records, and no secret on the way', async () => {
  test.skip(process.platform !== 'linux', 'five keychains side by side are made on Linux only');
  test.setTimeout(900_000);
  const out = await mkdtemp(join(tmpdir(), 'keyturn-split-'));
  const root = join(import.meta.dirname, '../..');
  const words = [join(root, 'scripts/rehearse.mjs'), '--way', 'split', '--keep', '--out', out];
  const { stdout } = await promisify(execFile)(process.execPath, words, {
    cwd: root,
    maxBuffer: 32 * 1024 * 1024,
  });
  const line = lineSchema.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  const folders = [out, ...line.dataFolders];
  try {
    const { shares, token, passphrases } = line.practiceSecrets;
    const search = await Search.for([
      ...shares.map((value) => ({ kind: 'share', value }) as const),
      { kind: 'dr-operation-token', value: token },
      ...passphrases.map((value) => ({ kind: 'pgp-passphrase', value }) as const),
    ]);
    expect(Object.fromEntries(search.counts)).toEqual({
      share: 5,
      'dr-operation-token': 1,
      'pgp-passphrase': 2,
    });
    // Invitation, sealed share, encoded token, decoded token: each went as codes.
    const carried = parcelsIn(await readFile(line.payloads, 'utf8'));
    expect([...carried.keys()].map((name) => name.split(' ')[0]).sort()).toEqual([
      'decoded-token',
      'invitation',
      'pgp-message',
      'sealed-share',
    ]);
    const hits: Hit[] = [];
    let places = 0;
    for (const folder of folders)
      for await (const place of everywhereIn(folder)) {
        places += 1;
        hits.push(...search.in(place));
      }
    expect(places).toBeGreaterThan(60);
    expect(hits).toEqual([]);

    // The requests of all five are in one log, three shares among them.
    const requests = (await readFile(line.requests, 'utf8')).split('\n');
    expect(requests.filter((request) => request.includes('/update'))).toHaveLength(3);
    expect(requests.filter((request) => request.includes('/promote'))).toHaveLength(1);

    await provesItself(shares[0] ?? '', line.dataFolders[1] ?? '');
  } finally {
    for (const folder of [out, dirname(line.drives)])
      await rm(folder, { recursive: true, force: true });
  }
});

/** Every file below a folder, and every parcel whose codes are written in one. */
async function* everywhereIn(folder: string): AsyncGenerator<Place> {
  for await (const place of filesBelow(folder)) {
    yield place;
    const text = Buffer.from(place.bytes).toString('latin1');
    for (const [name, bytes] of parcelsIn(text)) yield { name: `${name} in ${place.name}`, bytes };
  }
}

/** The search finds a share that was planted: in a file, and inside the codes of a parcel in a file. */
async function provesItself(share: string, folder: string): Promise<void> {
  const search = await Search.for([{ kind: 'share', value: share }]);
  const [inHex, inCodes] = [join(folder, 'planted.txt'), join(folder, 'planted-codes.txt')];
  await writeFile(inHex, `x${Buffer.from(share, 'base64').toString('hex')}x`);
  const frames = framesOf({ kind: 'sealed-share', bytes: Buffer.from(`{"${share}"}`) }, sha256);
  await writeFile(inCodes, frames.join('\n'));
  const found = new Set<string>();
  for await (const place of everywhereIn(folder))
    if (search.in(place).length > 0) found.add(place.name);
  expect(found).toContain(inHex);
  expect([...found].some((name) => name.endsWith(` in ${inCodes}`))).toBe(true);
}
