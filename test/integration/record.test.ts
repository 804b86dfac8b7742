import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKey } from 'openpgp';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest';
import { entryName } from '../../electron/keychain/keychain.ts';
import { OsKeychain } from '../../electron/keychain/os-keychain.ts';
import { RecordSigningKey } from '../../electron/keychain/record-signing-key.ts';
import { exportRecord, type Exported } from '../../electron/transcript/export.ts';
import { checkOpenPgp, openPgpIdentity } from '../../electron/transcript/openpgp.ts';
import { RecordSignatures } from '../../electron/transcript/signing.ts';
import { JournalStore } from '../../electron/transcript/store.ts';
import { verifyRecordFile } from '../../electron/transcript/verify-file.ts';
import { eventSchema, type CeremonyEvent, type Recorded } from '../../shared/ceremony/events.ts';
import { fold } from '../../shared/ceremony/fold.ts';
import { toWords } from '../../shared/codec/words.ts';
import { parseStatement, statementOf } from '../../shared/transcript/signature.ts';
import { buildVerifier } from '../../scripts/build-verifier.mjs';
import { opened, wholeCeremony } from '../fakes/events.ts';
import { troubleOf } from '../fakes/failing.ts';
import { skipWithoutKeyring, useKeyring, type PrivateKeyring } from '../fakes/keyring.ts';

const id = opened.id;
const now = () => Date.UTC(2026, 10, 23, 3, 15, 0, 123);

describe.skipIf(skipWithoutKeyring('records signed with the key in the keychain'))(
  'a record',
  () => {
    let keyring: PrivateKeyring;
    let built: string;
    let verifier: Buffer;
    let root: string;
    let store: JournalStore<CeremonyEvent>;
    let key: RecordSigningKey;
    let signatures: RecordSignatures;

    beforeAll(async () => {
      keyring = await useKeyring();
      built = await mkdtemp(join(tmpdir(), 'keyturn-verifier-'));
      verifier = await readFile(await buildVerifier(built));
    });
    afterAll(async () => {
      await rm(built, { recursive: true, force: true });
      await keyring.stop();
    });
    beforeEach(async () => {
      root = await mkdtemp(join(tmpdir(), 'keyturn-record-'));
      store = new JournalStore(join(root, 'ceremonies'), eventSchema, { now });
      key = new RecordSigningKey(new OsKeychain({ dataFolder: root }));
      signatures = new RecordSignatures(store, key, now);
    });
    afterEach(() => rm(root, { recursive: true, force: true }));

    async function written(events: readonly CeremonyEvent[] = wholeCeremony): Promise<void> {
      const journal = await store.create(id);
      for (const event of events) await journal.append(event);
      await store.close(id);
    }
    const exported = (): Promise<Exported> =>
      exportRecord({ store, signatures, id, into: root, verifier });

    /** The file that ships, on plain Node, with nothing of this process's surroundings. */
    const standAlone = (exports: Exported, ...words: string[]) => {
      const program = join(exports.folder, 'keyturn-verify.mjs');
      const { status, stdout, stderr } = spawnSync(
        'env',
        ['-i', process.execPath, program, exports.record, ...words],
        { cwd: '/', encoding: 'utf8' },
      );
      return { status, stdout, stderr, first: stdout.split('\n')[0] };
    };

    describe('the key of the installation', () => {
      it('is made once, kept, and the same for two who ask at the same time', async () => {
        const [one, two] = await Promise.all([key.identity(), key.identity()]);
        expect(one).toEqual(two);
        expect(one.words).toEqual(toWords(one.fingerprint));
        const again = new RecordSigningKey(new OsKeychain({ dataFolder: root }));
        expect(await again.identity()).toEqual(one);
      });

      it('is nowhere on disk', async () => {
        await written();
        await signatures.sign(id);
        await exported();
        const kept = await new OsKeychain({ dataFolder: root }).get(
          entryName('installation/record-signing-key'),
          'record-signing-key',
        );
        const seed = kept?.expose().slice(-40) ?? '';
        expect(seed).toMatch(/^[A-Za-z0-9+/]{39,40}=?$/);
        const found = spawnSync('grep', ['-rlF', seed, root], { encoding: 'utf8' });
        expect(found.status).toBe(1);
        expect(found.stdout).toBe('');
      });
    });

    describe('signed and exported', () => {
      it('is accepted by the stand-alone verifier on plain Node', async () => {
        await written();
        await signatures.sign(id);
        const { fingerprint, words } = await key.identity();
        const done = await exported();
        expect((await readdir(done.folder)).sort()).toEqual([
          'READ-ME-FIRST.txt',
          'keyturn-verify.mjs',
          'record.jsonl',
        ]);
        expect(standAlone(done)).toMatchObject({ status: 0, first: 'CONSISTENT, ORIGIN UNKNOWN' });
        expect(standAlone(done, '--fingerprint', fingerprint)).toMatchObject({
          status: 0,
          first: 'INTACT',
          stderr: '',
        });
        expect(standAlone(done, `--fingerprint=${words.join(' ')}`).first).toBe('INTACT');
        const paper = toWords(done.report.head ?? '').slice(0, 8);
        expect(standAlone(done, '--words', paper.join(' ')).first).toBe('INTACT');
        const other = standAlone(done, '--fingerprint', '0'.repeat(64));
        expect(other).toMatchObject({ status: 1, first: 'SIGNED BY ANOTHER KEY' });
        const wrong = standAlone(done, '--words', paper.reverse().join(' '));
        expect(wrong).toMatchObject({ status: 1, stdout: '' });
      });

      it('gives the state back that the screen showed', async () => {
        await written();
        await signatures.sign(id);
        const { record } = await exported();
        const read: Recorded[] = [];
        await verifyRecordFile(record, {
          onEntry: (entry) => read.push({ ...entry, event: eventSchema.parse(entry.event) }),
        });
        const { entries } = await store.read(id);
        const plain = (list: readonly Recorded[]) =>
          fold(list.map(({ seq, at, event }) => ({ seq, at, event })));
        expect(plain(read)).toEqual(plain(entries));
        expect(plain(read)).toMatchObject({ ok: true, state: { phase: 'ended' } });
      });

      it('says where it was changed, as text and as JSON', async () => {
        await written();
        await signatures.sign(id);
        const done = await exported();
        const text = await readFile(done.record, 'utf8');
        await writeFile(done.record, text.replace('"holder":"Ben"', '"holder":"Eve"'));
        expect(standAlone(done)).toMatchObject({ status: 1, first: 'BROKEN AT LINE 9' });
        const { status, stdout } = standAlone(done, '--json');
        expect(status).toBe(1);
        expect(JSON.parse(stdout)).toMatchObject({
          accepted: false,
          verdict: { kind: 'broken', line: 9, reason: 'hash' },
        });
      });

      it('can be signed unfinished, goes on, and is signed again', async () => {
        await written(wholeCeremony.slice(0, 8));
        const first = await signatures.sign(id);
        expect(first.seq).toBe(8);
        expect(await signatures.sign(id)).toEqual(first); // Twice over the same is once.
        const { journal } = await store.open(id);
        await journal.append({ type: 'note.added', by: 'Wim', note: 'Power is back.' });
        const done = await exported();
        const { fingerprint } = await key.identity();
        expect(standAlone(done, '--fingerprint', fingerprint)).toMatchObject({
          status: 1,
          first: 'NOT COVERED TO THE END',
        });
        await store.close(id);
        expect((await signatures.sign(id)).seq).toBe(9);
        await rm(done.folder, { recursive: true });
        const again = await exported();
        expect(standAlone(again, '--fingerprint', fingerprint).first).toBe('INTACT');
        expect(await signatures.read(id)).toHaveLength(2);
      });

      it('leaves the journal as it was: it still opens, and lists alone', async () => {
        await written();
        const before = await readFile(join(store.folder, `${id}.jsonl`));
        await signatures.sign(id);
        expect(await readFile(join(store.folder, `${id}.jsonl`))).toEqual(before);
        expect(await store.list()).toMatchObject([{ id, readable: true }]);
        const mode = (await stat(join(store.folder, `${id}.signatures.jsonl`))).mode & 0o777;
        expect(mode).toBe(0o600);
      });
    });

    describe('by hand, with openssl and sha256sum as the description of the format says', () => {
      const byHand = async (record: string, fingerprint: string) => {
        const script = join(root, 'verify.sh');
        await writeFile(script, await scriptOfTheDocs());
        const { status, stdout } = spawnSync('bash', [script, record, fingerprint], {
          encoding: 'utf8',
        });
        return { status, stdout };
      };

      it('the record is good, and each change is found at its line', async () => {
        await written([
          ...wholeCeremony.slice(0, 3),
          { type: 'note.added', by: 'Łucja "Lu"', note: 'back\\slash, tab\t, 🗝️, %s $(id) `id`' },
          ...wholeCeremony.slice(3),
        ]);
        await signatures.sign(id);
        const { fingerprint } = await key.identity();
        const { record, report } = await exported();
        const text = await readFile(record, 'utf8');
        const changed = async (from: string | RegExp, to: string) => {
          const copy = join(root, 'changed.jsonl');
          await writeFile(copy, text.replace(from, to));
          return byHand(copy, fingerprint);
        };

        const good = await byHand(record, fingerprint);
        expect(good.stdout).toBe(
          `${report.entries} events, ${report.entries} of them signed by the key you named; head ${report.head ?? ''}\n`,
        );
        expect(good.status).toBe(0);
        expect((await byHand(record, '0'.repeat(64))).status).toBe(1);
        expect(await changed('"holder":"Ben"', '"holder":"Eve"')).toMatchObject({
          status: 1,
          stdout: 'line 10: does not match its hash\n',
        });
        expect(await changed(/^.*\n/, '')).toMatchObject({ stdout: 'line 1: wrong number\n' });
        const signatureLine = `line ${report.entries + 1}:`;
        expect((await changed(/("at":"2026)(?=[^\n]*"signature")/, '"at":"2027')).stdout).toContain(
          `${signatureLine} the signature does not fit`,
        );
        expect((await changed(/\n$/, '')).status).toBe(1);
      });
    });

    describe("a person's OpenPGP signature", () => {
      const userIDs = [{ name: 'Ana', email: 'ana@example.test' }];

      it('made with gpg on another machine is added, checked here, and by gpg from the export', async () => {
        await written();
        await signatures.sign(id);
        const home = await mkdtemp(join(tmpdir(), 'gpg-'));
        const gpg = (...words: string[]) =>
          execFileSync('gpg', ['--homedir', home, '--batch', '--passphrase', '', ...words], {
            stdio: ['ignore', 'pipe', 'ignore'],
          });
        try {
          gpg('--quick-generate-key', 'Ana <ana@example.test>', 'ed25519', 'sign', 'never');
          const statement = await signatures.statement(
            id,
            'Ana',
            gpg('--armor', '--export').toString(),
          );
          const file = join(root, 'statement.txt');
          await writeFile(file, statement);
          gpg('--detach-sign', '--armor', file);
          const signature = await readFile(`${file}.asc`, 'utf8');
          const added = await signatures.add(id, statement, signature);
          expect(added).toMatchObject({ kind: 'openpgp', by: 'Ana', seq: wholeCeremony.length });

          const done = await exported();
          const { fingerprint } = added;
          const trust = { fingerprints: [fingerprint], heads: [] };
          const checked = await verifyRecordFile(done.record, { trust, openPgp: checkOpenPgp });
          expect(checked.verdict).toEqual({ kind: 'intact' });

          // Plain Node has no OpenPGP: it says so, and gives gpg what it needs.
          const folder = join(root, 'for gpg');
          const told = standAlone(done, '--fingerprint', fingerprint, '--openpgp', folder);
          expect(told).toMatchObject({ status: 1, first: 'SIGNATURE NOT CHECKED' });
          const commands = told.stdout.split('\n').filter((line) => line.startsWith('  gpg '));
          expect(commands).toHaveLength(2);
          for (const command of commands) {
            execFileSync('bash', ['-c', command], {
              env: { ...process.env, GNUPGHOME: home },
              stdio: 'ignore',
            });
          }
        } finally {
          spawnSync('gpgconf', ['--homedir', home, '--kill', 'all']);
          await rm(home, { recursive: true, force: true });
        }
      });

      it('is refused over another statement, with another key, or over another record', async () => {
        await written();
        const { publicKey } = await generateKey({ userIDs });
        const statement = await signatures.statement(id, 'Ana', publicKey);
        expect(parseStatement(statement)).toMatchObject({ by: 'Ana', record: id });
        const edited = Buffer.from(Buffer.from(statement).toString().replace('Ana', 'Eve'));
        const { privateKey: wrongKey } = await generateKey({ userIDs });
        const wrong = await detached(statement, wrongKey);
        for (const [bytes, signature] of [
          [statement, wrong],
          [edited, wrong],
          [statement, 'not a signature'],
          [Buffer.from('something else'), wrong],
        ] as const) {
          const { problem } = await troubleOf(signatures.add(id, bytes, signature));
          expect(problem.code).toBe('input.invalid');
        }
        expect(await signatures.read(id)).toEqual([]);
      });

      it("is refused under another key's fingerprint, though it fits its own key", async () => {
        await written();
        const mine = await generateKey({ userIDs });
        const theirs = await openPgpIdentity((await generateKey({ userIDs })).publicKey);
        const own = parseStatement(await signatures.statement(id, 'Ana', mine.publicKey));
        if (own?.kind !== 'openpgp') throw new Error('expected an OpenPGP statement');
        const forged = statementOf({ ...own, fingerprint: theirs.fingerprint });
        const signature = await detached(forged, mine.privateKey);
        const { problem } = await troubleOf(signatures.add(id, forged, signature));
        expect(problem.code).toBe('input.invalid');
        const honest = await detached(statementOf(own), mine.privateKey);
        expect(await signatures.add(id, statementOf(own), honest)).toMatchObject({ by: 'Ana' });
      });

      it('stays good after its key has expired', async () => {
        await written();
        const twoYearsAgo = new Date(Date.now() - 2 * 365 * 86_400_000);
        const { publicKey, privateKey } = await generateKey({
          userIDs,
          date: twoYearsAgo,
          keyExpirationTime: 86_400,
        });
        const statement = await signatures.statement(id, 'Ana', publicKey);
        const signed = await detached(statement, privateKey, new Date(+twoYearsAgo + 3_600_000));
        expect(await signatures.add(id, statement, signed)).toMatchObject({ by: 'Ana' });
      });

      it('a private key is never put on a record', async () => {
        await written();
        const { privateKey } = await generateKey({ userIDs });
        const { problem } = await troubleOf(signatures.statement(id, 'Ana', privateKey));
        expect(problem.code).toBe('input.invalid');
        expect(problem.known).toContain('private');
      });
    });
  },
);

async function detached(statement: Uint8Array, armoredKey: string, date?: Date): Promise<string> {
  const { createMessage, readPrivateKey, sign } = await import('openpgp');
  const signature: unknown = await sign({
    message: await createMessage({ binary: statement }),
    signingKeys: await readPrivateKey({ armoredKey }),
    detached: true,
    ...(date === undefined ? {} : { date }),
  });
  if (typeof signature !== 'string') throw new Error('expected an armored signature');
  return signature;
}

/** The one script in the description of the format: the test knows nothing that it does not say. */
async function scriptOfTheDocs(): Promise<string> {
  const docs = join(import.meta.dirname, '../../docs');
  for (const name of await readdir(docs)) {
    if (!name.endsWith('.md')) continue;
    const text = await readFile(join(docs, name), 'utf8');
    const script = /```bash\n(#!\/bin\/bash\n# keyturn record by hand[^]*?)```/.exec(text)?.[1];
    if (script !== undefined) return script;
  }
  throw new Error('the docs have no script "keyturn record by hand"');
}
