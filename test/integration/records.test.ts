import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { writeFolder } from '../../electron/transcript/export-folder.ts';
import { RecordSigningKey } from '../../electron/keychain/record-signing-key.ts';
import { ForeignRecords } from '../../electron/records/foreign.ts';
import { Records } from '../../electron/records/records.ts';
import type { Host } from '../../electron/host/host.ts';
import { sha256 } from '../../electron/transcript/inspect.ts';
import { eventSchema } from '../../shared/ceremony/events.ts';
import { splitLines, verifyChain } from '../../shared/transcript/chain.ts';
import { CeremonyBench, problemFrom } from '../fakes/ceremony-bench.ts';
import { skipWithoutKeyring, useKeyring, type PrivateKeyring } from '../fakes/keyring.ts';

/** Any file will do: what it says is not looked at here. */
const verifierFile = join(import.meta.dirname, '../../package.json');

let disk: string;
beforeEach(async () => {
  disk = await mkdtemp(join(tmpdir(), 'keyturn-export-'));
});
afterEach(() => rm(disk, { recursive: true, force: true }));

const files = new Map([
  ['record.jsonl', Buffer.from('{}\n')],
  ['report.pdf', Buffer.from('%PDF')],
]);

describe('a folder with an export', () => {
  test('has every file, for its owner only', async () => {
    const folder = await writeFolder(disk, 'one', files);
    expect(folder).toBe(join(disk, 'one'));
    expect(await readdir(disk)).toEqual(['one']);
    for (const [name, bytes] of files) {
      expect(await readFile(join(folder, name))).toEqual(bytes);
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    }
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  test('never takes the place of what is there', async () => {
    await mkdir(join(disk, 'one'));
    await writeFile(join(disk, 'one/kept'), 'kept');
    await writeFile(join(disk, 'two'), 'kept');
    for (const name of ['one', 'two']) {
      const { code } = await problemFrom(writeFolder(disk, name, files));
      expect(code).toBe('export.exists');
    }
    expect(await readFile(join(disk, 'one/kept'), 'utf8')).toBe('kept');
    expect((await readdir(disk)).sort()).toEqual(['one', 'two']);
  });

  test('needs the full path of a folder that exists', async () => {
    await writeFile(join(disk, 'file'), '');
    for (const into of ['', 'relative', join(disk, 'gone'), join(disk, 'file')]) {
      const { code, known } = await problemFrom(writeFolder(into, 'one', files));
      expect(code).toBe('export.folder');
      expect(known).toContain(`“${into}”`);
    }
  });

  test('is whole or not there: a write that fails half-way leaves nothing', async () => {
    const broken = new Map([...files, ['gone/away.pdf', Buffer.from('')]]);
    const { code, safe } = await problemFrom(writeFolder(disk, 'one', broken));
    expect(code).toBe('export.not-written');
    expect(safe).toContain('Nothing was left there');
    expect(await readdir(disk)).toEqual([]);
  });
});

describe.skipIf(skipWithoutKeyring('records of real ceremonies'))('the records', () => {
  let keyring: PrivateKeyring;
  let bench: CeremonyBench;
  const printed: string[] = [];
  const recordsOf = (
    dialogs: Pick<Host, 'chooseFolder' | 'chooseFile'> = {},
    verifier = verifierFile,
  ) =>
    new Records({
      ceremonies: bench.ceremonies,
      host: {
        // The hosts' own printing is tested where there is a display (test/e2e/records.spec.ts).
        printToPdf: (html) => {
          printed.push(html);
          return Promise.resolve(Buffer.from('%PDF'));
        },
        ...dialogs,
      },
      store: bench.store,
      signatures: bench.signatures,
      foreign: new ForeignRecords(join(bench.dataFolder, 'foreign')),
      signer: new RecordSigningKey(bench.keychain),
      verifier,
      appVersion: '0.0.0-test',
    });
  const ended = async () => {
    const { id, conductor } = await bench.ready();
    await conductor.ending.end();
    return id;
  };
  beforeAll(async () => {
    keyring = await useKeyring();
    bench = await CeremonyBench.open();
  });
  afterAll(async () => {
    await bench.close();
    await keyring.stop();
  });

  test('are exported as they are on disk, with a report of them', async () => {
    const id = await ended();
    const exported = await recordsOf().export(id, 'A4', disk);
    const folder = join(disk, `keyturn-${id}`);
    expect(exported).toEqual({
      folder,
      files: [
        'record.jsonl',
        'keyturn-verify.mjs',
        'READ-ME-FIRST.txt',
        'report.html',
        'report.pdf',
      ],
    });
    const journal = await readFile(join(bench.dataFolder, 'records', `${id}.jsonl`));
    const record = await readFile(join(folder, 'record.jsonl'));
    expect(record.subarray(0, journal.length)).toEqual(journal);
    expect(record.subarray(journal.length).toString()).toContain('"kind":"ed25519"');
    const chain = verifyChain(splitLines(journal).lines, { schema: eventSchema, sha256 });
    const html = await readFile(join(folder, 'report.html'), 'utf8');
    expect(chain.ok && html.includes(chain.head)).toBe(true);
    expect(html).toContain('The ceremony was cancelled.');
    expect(printed.at(-1)).toBe(html);
  });

  test('go where the person chose in the dialog, and where a page says only without one', async () => {
    const id = await ended();
    const records = recordsOf({ chooseFolder: () => Promise.resolve(disk) });
    expect((await problemFrom(records.export(id, 'A4', disk))).code).toBe('contract.refused');
    expect(await readdir(disk)).toEqual([]);
    expect((await records.export(id, 'A4', undefined))?.folder).toBe(join(disk, `keyturn-${id}`));
    const closed = recordsOf({ chooseFolder: () => Promise.resolve(undefined) });
    expect(await closed.export(id, 'A4', undefined)).toBeUndefined();
  });

  test('are not exported without the verifier: a damaged installation is named as one', async () => {
    const id = await ended();
    const damaged = recordsOf({}, join(disk, 'keyturn-verify.mjs'));
    const { code, known } = await problemFrom(damaged.export(id, 'A4', disk));
    expect(code).toBe('export.not-written');
    expect(known).toContain('this installation of Keyturn is not whole');
    expect(await readdir(disk)).toEqual([]);
  });

  test('are checked against this installation’s key, and from elsewhere against what is known of them', async () => {
    const id = await ended();
    const records = recordsOf();
    expect(await records.check(id)).toMatchObject({ accepted: true, headline: 'INTACT' });
    const exported = await records.export(id, 'A4', disk);
    const path = join(exported?.folder ?? '', 'record.jsonl');
    const checkFile = async (known: { fingerprint?: string; words?: string } = {}) =>
      (await records.checkFile({ path, keep: false, ...known }))?.checked;
    expect((await checkFile())?.headline).toBe('CONSISTENT, ORIGIN UNKNOWN');
    const { words, fingerprint } = await new RecordSigningKey(bench.keychain).identity();
    for (const known of [fingerprint, words.join(' ')])
      expect(await checkFile({ fingerprint: known })).toMatchObject({
        accepted: true,
        headline: 'INTACT',
      });
    expect((await checkFile({ fingerprint: 'ab'.repeat(32) }))?.accepted).toBe(false);
    const { code } = await problemFrom(checkFile({ words: 'three short words' }));
    expect(code).toBe('input.invalid');
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace('Robin', 'Rubin'));
    expect(await checkFile()).toMatchObject({ accepted: false });
    expect((await checkFile())?.headline).toContain('BROKEN');
    const own = recordsOf({ chooseFile: () => Promise.resolve(undefined) });
    expect(await own.checkFile({ keep: false })).toBeUndefined();
    expect((await problemFrom(own.checkFile({ path, keep: false }))).code).toBe('contract.refused');
  });

  test('are deleted by the name of their cluster, and gone from the list', async () => {
    const id = await ended();
    const records = recordsOf();
    expect((await problemFrom(records.delete(id, 'bench'))).code).toBe('input.invalid');
    const ids = async () =>
      (await bench.ceremonies.list()).map((line) => line.kind === 'readable' && line.id);
    expect(await ids()).toContain(id);
    await records.delete(id, 'Bench');
    expect(await ids()).not.toContain(id);
    expect((await problemFrom(records.export(id, 'A4', disk))).code).toBe('ceremony.unknown');
    expect((await problemFrom(records.delete(id, 'Bench'))).code).toBe('ceremony.unknown');
  });

  test('of an unfinished ceremony stay, and it goes on', async () => {
    const { id, conductor } = await bench.opened();
    expect((await problemFrom(recordsOf().delete(id, 'Bench'))).code).toBe('rule.not-now');
    await conductor.notes.remark({ type: 'note.added', by: 'Robin', note: 'Still here.' });
    expect((await bench.ceremonies.read(id)).at(-1)?.event.type).toBe('note.added');
  });

  test('name their people in the list, so that they can be searched for', async () => {
    const id = await ended();
    const line = (await bench.ceremonies.list()).find(
      (one) => one.kind === 'readable' && one.id === id,
    );
    expect(line).toMatchObject({ people: ['Robin', 'Wim', 'Ana', 'Ben', 'Chidi', 'Dana', 'Emil'] });
  });
});
