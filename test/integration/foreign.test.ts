import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ForeignRecords, verifyForeign } from '../../electron/records/foreign.ts';
import { checked } from '../../electron/records/known.ts';
import { exportCopy } from '../../electron/transcript/export.ts';
import type { CeremonyEvent } from '../../shared/ceremony/events.ts';
import { headline } from '../../shared/transcript/report-sentences.ts';
import { troubleOf } from '../fakes/failing.ts';
import { Gpg } from '../fakes/gpg.ts';
import { opened, wholeCeremony } from '../fakes/events.ts';
import { fileOf, journalLines, newSigner, signed } from '../fakes/records.ts';

let root: string;
let foreign: ForeignRecords;
let gpg: Gpg;
let ana: string;
beforeAll(() => {
  gpg = new Gpg();
  ana = gpg.key('Ana');
});
afterAll(() => gpg.close());
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'keyturn-foreign-'));
  foreign = new ForeignRecords(join(root, 'foreign'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const signer = newSigner();
async function file(events: readonly CeremonyEvent[] = wholeCeremony, name = 'record.jsonl') {
  const lines = journalLines(events);
  const path = join(root, name);
  await writeFile(path, fileOf(...lines, signed(lines, signer)));
  return path;
}

describe('a record from elsewhere', () => {
  test('is kept byte for byte in a folder of its own, once, and says where it is from', async () => {
    const path = await file();
    const id = await foreign.keep(path, await verifyForeign(path));
    expect(await foreign.keep(path, await verifyForeign(path))).toBe(id);
    expect(await readdir(join(root, 'foreign'))).toEqual([id]);
    expect(await readFile(join(root, 'foreign', id, 'record.jsonl'))).toEqual(await readFile(path));
    expect(await foreign.list()).toMatchObject([
      { id, from: 'record.jsonl', cluster: 'Payments DR', headline: 'CONSISTENT, ORIGIN UNKNOWN' },
    ]);
    const trust = { fingerprints: [signer.identity.fingerprint], heads: [] };
    expect((await foreign.check(id, trust)).verdict).toEqual({ kind: 'intact' });
    await foreign.remove(id);
    expect(await foreign.list()).toEqual([]);
    expect((await verifyForeign(path)).entries).toBe(wholeCeremony.length);
  });

  test('that is broken is kept too, and called what it is', async () => {
    const path = await file();
    await writeFile(
      path,
      (await readFile(path, 'utf8')).replace('"holder":"Ben"', '"holder":"Eve"'),
    );
    const id = await foreign.keep(path, await verifyForeign(path));
    expect((await foreign.list())[0]?.headline).toMatch(/^BROKEN AT LINE/);
    expect((await troubleOf(foreign.statement(id, 'Ana', ana))).problem.code).toBe('input.invalid');
  });

  test('a bare journal is verified with the signatures that lie beside it', async () => {
    const lines = journalLines(wholeCeremony);
    const path = join(root, `${opened.id}.jsonl`);
    await writeFile(path, fileOf(...lines));
    expect((await verifyForeign(path)).signatures).toHaveLength(0);
    await writeFile(join(root, `${opened.id}.signatures.jsonl`), fileOf(signed(lines, signer)));
    expect((await verifyForeign(path)).signatures).toMatchObject([{ state: 'valid' }]);
    const id = await foreign.keep(path, await verifyForeign(path));
    expect((await foreign.check(id)).signatures).toMatchObject([{ state: 'valid' }]);
  });

  test.each(['--detach-sign', '--clearsign'] as const)(
    'takes a participant’s signature made with gpg %s, and shows who signed',
    async (how) => {
      const path = await file();
      const id = await foreign.keep(path, await verifyForeign(path));
      const statement = await foreign.statement(id, 'Ana', ana);
      const signature = gpg.sign(statement, how);
      await foreign.add(id, how === '--clearsign' ? undefined : statement, signature);
      await foreign.add(id, statement, signature); // Twice is once.
      const { signatures } = await foreign.check(id);
      expect(signatures).toMatchObject([
        { kind: 'ed25519' },
        { kind: 'openpgp', by: 'Ana', state: 'valid' },
      ]);
      expect(await readFile(join(root, 'foreign', id, 'record.jsonl'))).toEqual(
        await readFile(path),
      );

      // Back to whoever made it: one file, in which anybody finds both signatures.
      const into = join(root, 'usb');
      await mkdir(into);
      const record = await foreign.whole(id);
      const verifier = Buffer.from('// the verifier');
      const { folder, files } = await exportCopy({ into, name: id, record, verifier });
      expect(await readdir(folder)).toEqual([...files].sort());
      const { verdict, signatures: taken } = await verifyForeign(join(folder, 'record.jsonl'));
      expect(verdict.kind).not.toBe('broken');
      expect(taken).toMatchObject([{ state: 'valid' }, { by: 'Ana', state: 'valid' }]);
    },
  );

  test('refuses a signature over another record’s events, and keeps what it had', async () => {
    const path = await file();
    const shorter = await file(wholeCeremony.slice(0, 5), 'other.jsonl');
    const id = await foreign.keep(path, await verifyForeign(path));
    const renamed = { ...opened, cluster: { ...opened.cluster, name: 'Another' } };
    const other = await file([renamed, ...wholeCeremony.slice(1)], 'third.jsonl');
    for (const from of [other]) {
      const theirs = await foreign.keep(from, await verifyForeign(from));
      const statement = await foreign.statement(theirs, 'Ana', ana);
      const { problem } = await troubleOf(
        foreign.add(id, statement, gpg.sign(statement, '--detach-sign')),
      );
      expect(problem.known).toContain('other events');
    }
    expect(await readdir(join(root, 'foreign', id))).toEqual(['about.json', 'record.jsonl']);
    // The first events of the same record are its own: an earlier signature is good for what it covers.
    const early = await foreign.keep(shorter, await verifyForeign(shorter));
    const statement = await foreign.statement(early, 'Ana', ana);
    await foreign.add(id, statement, gpg.sign(statement, '--detach-sign'));
    expect((await foreign.check(id)).signatures.at(-1)).toMatchObject({ covers: 5 });
  });

  test('of more than a page could send gets its verdict; what is no file gets a sentence', async () => {
    const note: CeremonyEvent = { type: 'note.added', by: 'Wim', note: 'x'.repeat(1900) };
    const path = await file([opened, ...Array.from({ length: 2000 }, () => note)]);
    expect((await verifyForeign(path)).entries).toBe(2001);
    for (const bad of [root, join(root, 'none'), 'relative.jsonl', '/dev/zero']) {
      expect((await troubleOf(verifyForeign(bad))).problem.code).toBe('input.invalid');
    }
  });

  const lines = journalLines(wholeCeremony);
  const signature = signed(lines, signer);
  const text = fileOf(...lines, signature).toString();
  const clockBack = journalLines(wholeCeremony, (i) => `2026-11-23T03:${59 - i}:00.000Z`);
  const bad: readonly (readonly [string, string | Buffer, RegExp])[] = [
    ['cut off', text.slice(0, 3000), /^BROKEN AT LINE \d+$/],
    ['empty', '', /^BROKEN AT LINE 1$/],
    ['edited', text.replace('"Ben"', '"Eve"'), /^BROKEN AT LINE 3$/],
    ['with a byte flipped', flipped(text, 1500), /^BROKEN AT LINE \d+$/],
    ['reordered', fileOf(...lines.toSpliced(3, 2, ...lines.slice(3, 5).reverse())), /LINE 4$/],
    ['with a key twice', text.replace('"seq":2,', '"seq":2,"seq":2,'), /^BROKEN AT LINE 2$/],
    ['signed again by another key', fileOf(...lines, signed(lines, newSigner())), /ANOTHER KEY$/],
    ['not signed', fileOf(...lines), /^NOT SIGNED$/],
    ['from a newer version', fileOf(...journalLines([opened, { type: 'vote' }])), /NEWER VERSION/],
    ['with a clock that went back', fileOf(...clockBack, signed(clockBack, signer)), /REMARKS$/],
    ['no text', Buffer.alloc(100_000, 0xff), /^BROKEN AT LINE 1$/],
  ];
  test.each(bad)(
    '%s: a verdict that says what and where, as the window shows it',
    async (...row) => {
      const [, bytes, says] = row;
      const path = join(root, 'bad.jsonl');
      await writeFile(path, bytes);
      const trust = { fingerprints: [signer.identity.fingerprint], heads: [] };
      const report = await verifyForeign(path, trust);
      expect(headline(report.verdict)).toMatch(says);
      expect(checked(report).headline).not.toBe('INTACT');
      expect(checked(report).lines.length).toBeGreaterThan(2);
      // Kept as evidence, and called then what it is called now.
      const id = await foreign.keep(path, report);
      expect((await foreign.list())[0]?.headline).toMatch(says);
      expect(headline((await foreign.check(id, trust)).verdict)).toMatch(says);
    },
  );
});

/** One bit of one byte is another. */
function flipped(text: string, at: number): Buffer {
  const bytes = Buffer.from(text);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
}
