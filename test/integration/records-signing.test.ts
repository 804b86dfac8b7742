import { sign } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ForeignRecords } from '../../electron/records/foreign.ts';
import { Records } from '../../electron/records/records.ts';
import { shelfOf } from '../../electron/records/shelf.ts';
import { RecordSignatures } from '../../electron/transcript/signing.ts';
import { JournalStore } from '../../electron/transcript/store.ts';
import { eventSchema } from '../../shared/ceremony/events.ts';
import { Trouble, problemOf } from '../../shared/problem.ts';
import { shiftEventSchema } from '../../shared/shift/events.ts';
import { shiftTelling } from '../../shared/shift/telling.ts';
import { opened, wholeCeremony } from '../fakes/events.ts';
import { troubleOf } from '../fakes/failing.ts';
import { Gpg } from '../fakes/gpg.ts';
import { skipWithoutGpg } from '../fakes/gpg-home.ts';
import { fileOf, journalLines, newSigner } from '../fakes/records.ts';
import { shiftOpened, wholeShift } from '../fakes/shift-events.ts';

const { identity, privateKey } = newSigner();
const signer = {
  identity: () => Promise.resolve(identity),
  sign: (bytes: Uint8Array) => Promise.resolve(sign(null, bytes, privateKey)),
};

describe.skipIf(skipWithoutGpg('signatures on records of every kind'))('a record is signed', () => {
  let root: string;
  let usb: string;
  let gpg: Gpg;
  let ana: string;
  let records: Records;
  beforeAll(() => {
    gpg = new Gpg();
    ana = gpg.key('Ana');
  });
  afterAll(() => gpg.close());
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'keyturn-signing-'));
    usb = join(root, 'usb');
    for (const folder of ['records', 'shifts', 'usb']) await mkdir(join(root, folder));
    await writeFile(
      join(root, 'records', `${opened.id}.jsonl`),
      fileOf(...journalLines(wholeCeremony.slice(0, 5))),
    );
    await writeFile(
      join(root, 'shifts', `${shiftOpened.id}.jsonl`),
      fileOf(...journalLines(wholeShift)),
    );
    const store = new JournalStore(join(root, 'records'), eventSchema);
    const shifts = new JournalStore(join(root, 'shifts'), shiftEventSchema);
    const absent = () => Promise.reject(new Trouble(problemOf(undefined)));
    records = new Records({
      ceremonies: { entries: absent, letGo: absent },
      host: { printToPdf: () => Promise.resolve(Buffer.from('%PDF')) },
      store,
      signatures: new RecordSignatures(store, signer),
      others: [
        shelfOf({
          telling: shiftTelling,
          store: shifts,
          signatures: new RecordSignatures(shifts, signer),
        }),
      ],
      foreign: new ForeignRecords(join(root, 'foreign')),
      signer,
      verifier: join(import.meta.dirname, '../../package.json'),
      appVersion: '0.0.0-test',
    });
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  test.each([
    ['an unfinished ceremony', 'records', opened.id, 5],
    ['a shift', 'shifts', shiftOpened.id, wholeShift.length],
  ])('of %s: by this laptop and by a person, beside its own journal', async (_, folder, id, n) => {
    const of = { kind: 'own' as const, id };
    expect(await records.signing.list(of)).toEqual([]);
    expect(await records.signing.sign(id)).toMatchObject({ kind: 'ed25519', covers: n });
    const saved = await records.signing.saveStatement(of, { by: 'Ana', key: ana, folder: usb });
    if (saved.kind !== 'saved') throw new Error('not saved');
    expect(await readFile(saved.file, 'utf8')).toBe(saved.statement);
    const signature = gpg.sign(Buffer.from(saved.statement), '--detach-sign', 'Ana');
    // A text field or an editor may have put a line's end after it.
    await records.signing.add(of, { statement: `${saved.statement}\r\n`, signature });
    expect(await records.signing.list(of)).toMatchObject([
      { kind: 'ed25519', covers: n },
      { kind: 'openpgp', by: 'Ana', covers: n },
    ]);
    expect((await readdir(join(root, folder))).sort()).toEqual([
      `${id}.jsonl`,
      `${id}.signatures.jsonl`,
    ]);
    expect(await records.check(id)).toMatchObject({ accepted: true });
  });

  test('of another kind refuses what was signed for the first', async () => {
    const ceremony = { kind: 'own' as const, id: opened.id };
    const saved = await records.signing.saveStatement(ceremony, {
      by: 'Ana',
      key: ana,
      folder: usb,
    });
    const signature = gpg.sign(Buffer.from(saved.statement), '--clearsign', 'Ana');
    const shift = { kind: 'own' as const, id: shiftOpened.id };
    const { problem } = await troubleOf(records.signing.add(shift, { signature }));
    expect(problem.known).toContain('another record');
    expect(await records.signing.list(shift)).toEqual([]);
    await records.signing.add(ceremony, { signature });
    expect(await records.signing.list(ceremony)).toMatchObject([{ by: 'Ana' }]);
  });
});
