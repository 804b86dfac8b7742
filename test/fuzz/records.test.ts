import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect } from 'vitest';
import { Journal } from '../../electron/transcript/journal.ts';
import { checkOpenPgp, openPgpIdentity } from '../../electron/transcript/openpgp.ts';
import { nodeTools, verifyRecordBytes } from '../../electron/transcript/verify-file.ts';
import { eventSchema } from '../../shared/ceremony/events.ts';
import { accepted } from '../../shared/transcript/report.ts';
import { reportLines } from '../../shared/transcript/report-text.ts';
import { parseStatement } from '../../shared/transcript/signature.ts';
import { verifyRecord } from '../../shared/transcript/verify.ts';
import { opened } from '../fakes/events.ts';
import { fileOf, journalLines, newSigner, signed, walked } from '../fakes/records.ts';
import { anyText, changedBytes, changedJson, fuzz, taken } from './fuzz.ts';

/* A journal or a record that something has changed: a verdict, and nothing lost. */

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyturn-fuzz-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const walk = (from: number): readonly string[] =>
  journalLines(
    walked(
      Array.from({ length: 14 }, (_, n) => ({ pick: from * 7919 + n * 104_729, small: n % 7 })),
    ).map(({ event }) => event),
  );
const walks = [1, 2, 3, 4].map(walk);
const journals = walks.map((lines) => fileOf(...lines));

fuzz(
  'a journal that was changed is recovered or refused, and no byte of it is lost',
  200,
  changedBytes(...journals),
  async (bytes) => {
    const here = await mkdtemp(join(folder, 'j-'));
    const path = join(here, `${opened.id}.jsonl`);
    await writeFile(path, bytes);
    const read = await taken(() => Journal.open(path, eventSchema, { now: () => 0 }));
    await read?.journal.close();
    const left = await readFile(path);
    const aside = await Promise.all(
      (await readdir(here))
        .filter((name) => name !== `${opened.id}.jsonl`)
        .map((name) => readFile(join(here, name))),
    );
    if (read) expect(Buffer.concat([left, ...aside]).equals(bytes)).toBe(true);
    else {
      expect(left.equals(bytes)).toBe(true);
      expect(aside.some((one) => one.equals(bytes))).toBe(true);
    }
    if (!read) return;
    // What is left can be gone on with, and the next start reads it all.
    const again = await Journal.open(path, eventSchema, { now: () => 0 });
    const { journal, entries } = again;
    expect(again.recovered).toBeUndefined();
    expect(entries).toEqual(read.entries);
    const note = { type: 'note.added', by: 'Wim', note: 'It goes on.' };
    await journal.append(eventSchema.parse(note));
    await journal.close();
    const last = await Journal.open(path, eventSchema);
    expect(last.entries.length).toBe(entries.length + 1);
    await last.journal.close();
  },
);

const signer = newSigner();
const trust = { fingerprints: [signer.identity.fingerprint], heads: [] };
const records = walks.map((lines) => fileOf(...lines, signed(lines, signer)));

fuzz('a record that was changed is never intact', 600, changedBytes(...records), (bytes) => {
  const same = records.some((record) => record.equals(bytes));
  const report = verifyRecord(bytes, nodeTools, { trust });
  expect(accepted(report.verdict)).toBe(same);
  expect(reportLines(report).length).toBeGreaterThan(5);
});

const parsed = walks.flatMap((lines) => lines.map((line): unknown => JSON.parse(line)));

fuzz(
  'a record whose lines say other things is never intact',
  150,
  fc.array(changedJson(...parsed), { minLength: 1, maxLength: 6 }),
  async (lines) => {
    const bytes = fileOf(...lines.map((line) => JSON.stringify(line)));
    const report = await verifyRecordBytes(bytes, { trust, openPgp: checkOpenPgp });
    expect(accepted(report.verdict)).toBe(false);
    expect(reportLines(report).length).toBeGreaterThan(5);
  },
);

fuzz(
  'events written anew by whoever holds no key are never intact',
  150,
  fc.array(changedJson(...parsed), { minLength: 1, maxLength: 6 }),
  (values) => {
    // Chained as they should be: only what they say, and who signed, can tell.
    const events = values.map((value) =>
      typeof value === 'object' && value !== null && 'event' in value ? value.event : value,
    );
    const lines = chained(events);
    if (lines === undefined) return;
    const stranger = newSigner();
    const report = verifyRecord(fileOf(...lines, signed(lines, stranger)), nodeTools, { trust });
    expect(accepted(report.verdict)).toBe(false);
    reportLines(report);
  },
);

fuzz(
  'signatures and keys of any kind',
  150,
  fc.tuple(anyText, fc.uint8Array(), fc.uint8Array()),
  async ([text, signature, statement]) => {
    const key = Buffer.from(text);
    const asked = { line: 1, by: 'Ana', fingerprint: '0'.repeat(40), key, statement, signature };
    expect(await checkOpenPgp(asked)).toBe('invalid');
    await taken(() => openPgpIdentity(text));
    parseStatement(statement);
  },
);

function chained(events: readonly unknown[]): readonly string[] | undefined {
  try {
    return journalLines(events);
  } catch {
    return undefined; // Not JSON that has a canonical form.
  }
}
