import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { decrypt } from '../../electron/pgp/decrypt.ts';
import { Collector } from '../../shared/offline/collector.ts';
import { Secret } from '../../shared/secret.ts';
import { sha256 } from '../../electron/offline/parcels.ts';
import type { Look } from '../e2e/driver/perform.ts';
import {
  bringProfile,
  decodeAndSeal,
  follow,
  giveDirectly,
  sealAsCodes,
  sealEncrypted,
} from './split-elsewhere.ts';
import { personsKey, type PersonsKey } from './split-keys.ts';
import { Laptop } from './split-laptop.ts';
import { Operator } from './split-operator.ts';

/*
 * Split duty, unattended: an operator, three holders and an officer, each with a Keyturn of their own in
 * a process of its own, with a data folder and a keychain of its own. The practice clusters run in the
 * operator's. What goes from one to another is a file or a picture of a code.
 */
const out = resolve(process.argv[2] ?? 'rehearsal');
const main = join(import.meta.dirname, 'main.js');
const verifier = join(import.meta.dirname, '../verifier/keyturn-verify.mjs');
const startedAt = Date.now();
const progress = (line: string): void => {
  console.log(`${((Date.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${line}`);
};

const lineSchema = z.object({
  event: z.object({ type: z.string(), outcome: z.string().optional() }),
});

let screenshots = 0;
const look: Look = async (page, name) => {
  screenshots += 1;
  const file = `${String(screenshots).padStart(2, '0')}-${name}.png`;
  await page.screenshot({ path: join(out, file) });
  progress(file);
};

await mkdir(out, { recursive: true });
const drives = await mkdtemp(join(tmpdir(), 'keyturn-split-drives-'));
const [chidisKey, olgasKey] = await Promise.all([
  personsKey(drives, 'Chidi'),
  personsKey(drives, 'Olga'),
]);

const laptops: Laptop[] = [];
async function laptopOf(name: string): Promise<Laptop> {
  const laptop = await Laptop.open({ name, out, main, look });
  laptops.push(laptop);
  progress(`${name}: ${laptop.dataFolder}`);
  return laptop;
}

const robin = await laptopOf('operator');
const operator = new Operator(robin);
try {
  const { access, encryptedEnvelope } = await operator.practice(chidisKey);
  await operator.start(olgasKey);
  const shares = await operator.paperEnvelopes();
  const [anas = '', bens = ''] = shares;
  const invited = await operator.invite();

  const ana = await laptopOf('direct');
  await bringProfile(ana, access);
  await follow(ana, 'Ana', invited);
  await giveDirectly(ana, 'Ana', anas);
  await operator.nameTheDirectShare('Ana');

  const ben = await laptopOf('sealed');
  await follow(ben, 'Ben', invited);
  await operator.takeSealedShare(await sealAsCodes(ben, 'Ben', bens), 'Vault counted it: 2 of 3.');

  const chidi = await laptopOf('pgp');
  await bringProfile(chidi, access);
  await follow(chidi, 'Chidi', invited);
  const sealed = await sealEncrypted(chidi, 'Chidi', {
    envelope: encryptedEnvelope,
    key: chidisKey,
  });
  await operator.takeSealedShare([sealed], 'All 3 shares are in. Vault has made the token.');

  const pictures = await operator.handOutEncodedToken('Olga');
  const olga = await laptopOf('officer');
  const decoded = await decodeAndSeal(olga, { pictures, invited, key: olgasKey });
  await operator.takeDecodedToken('Olga', decoded);
  await operator.promoteAndClose();

  for (const laptop of [ana, ben, chidi]) await laptop.press('End this work and go Home');
  await olga.press('Clear the desk and go back');
  const requests = await operator.keepRequests(out);
  const records: string[] = [];
  for (const laptop of laptops) records.push(await laptop.export());
  for (const record of records) await verify(record);

  const ended = await outcomeOf(records[0] ?? '');
  const token = await tokenIn(join(out, 'qr-payloads.txt'), olgasKey);
  const dataFolders = laptops.map(({ dataFolder }) => dataFolder);
  for (const laptop of laptops) await laptop.close();
  console.log(
    JSON.stringify({
      host: 'chromium',
      way: 'split',
      vault: '1',
      ...ended,
      durationMs: Date.now() - startedAt,
      records,
      verified: records.length,
      screenshots,
      payloads: join(out, 'qr-payloads.txt'),
      requests,
      dataFolders,
      drives,
      practiceSecrets: { shares, token, passphrases: [chidisKey.passphrase, olgasKey.passphrase] },
    }),
  );
} catch (error) {
  // Unattended: whoever comes later sees where it stood.
  for (const laptop of laptops) await laptop.look('stuck').catch(() => undefined);
  for (const laptop of laptops) await laptop.close().catch(() => undefined);
  throw error;
}
process.exit(0);

/** With the stand-alone verifier, as an auditor would: it throws where something is found. */
async function verify(record: string): Promise<void> {
  await promisify(execFile)(process.execPath, [verifier, record]);
  progress(`verified: ${record}`);
}

async function outcomeOf(record: string): Promise<{ ceremony: string; promoted: boolean }> {
  const lines = (await readFile(record, 'utf8')).trim().split('\n');
  const events = lines.flatMap((text) => {
    const line = lineSchema.safeParse(JSON.parse(text));
    return line.success ? [line.data.event] : [];
  });
  return {
    ceremony: events.find(({ type }) => type === 'ceremony.ended')?.outcome ?? 'open',
    promoted: events.some(({ type }) => type === 'promoted'),
  };
}

/** The token in clear, which nobody sees: read here with the officer's key, so that it can be searched for. */
async function tokenIn(payloads: string, { privateKey, passphrase }: PersonsKey): Promise<string> {
  const collector = new Collector('pgp-message', sha256);
  for (const line of (await readFile(payloads, 'utf8')).split('\n')) {
    if (!line.startsWith('KT1/P/')) continue;
    const collected = collector.take(line);
    if (!collected.done) continue;
    const opener = {
      kind: 'key',
      key: Secret.of('pgp-private-key', privateKey),
      passphrase: Secret.of('pgp-passphrase', passphrase),
    } as const;
    return (await decrypt(collected.parcel.bytes, opener, 'dr-operation-token')).expose();
  }
  throw new Error('No encoded token was carried.');
}
