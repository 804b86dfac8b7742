import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from '@playwright/test';
import packageJson from '../../package.json' with { type: 'json' };
import { startApp } from '../../electron/app.ts';
import { builtProgram } from '../../electron/self-test/packaged-program.ts';
import { ChromiumHost } from '../../electron/host/chromium.ts';
import { fold } from '../../shared/ceremony/fold.ts';
import { freePort, windowsOf } from '../e2e/driver/launch.ts';
import { Performer, type Look } from '../e2e/driver/perform.ts';
import { Evidence } from '../search/evidence.ts';
import { rehearsedWays, WayPlayer } from './ways.ts';

/*
 * The whole job, unattended, through the real windows on the practice clusters. The app runs
 * in this process, so that the practice secrets can be printed at the end: they must be found in
 * nothing it wrote.
 */
const out = resolve(process.argv[2] ?? 'rehearsal');
const way = rehearsedWays.find((one) => one === process.argv[3]) ?? 'ceremony';
const vault = process.argv[4] === '2' ? '2' : '1';
const wanted = process.env['KEYTURN_EVIDENCE'];
/** Only for the test that searches all of it for secrets (test/e2e/promises.spec.ts). */
const evidence = wanted === undefined ? undefined : await Evidence.begin(wanted);
const startedAt = Date.now();
const progress = (line: string): void => {
  console.log(`${((Date.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${line}`);
};

await mkdir(out, { recursive: true });
const dataFolder = await mkdtemp(join(tmpdir(), 'keyturn-rehearsal-'));
const port = await freePort();
const host = new ChromiumHost({
  pages: join(import.meta.dirname, '../renderer'),
  remoteDebuggingPort: port,
});
evidence?.overhear(host);
const app = await startApp({
  host,
  dataFolder,
  allowRealClusters: false,
  version: packageJson.version,
  temporaryKeyring: true,
  verifier: join(import.meta.dirname, '../verifier/keyturn-verify.mjs'),
  program: builtProgram(join(import.meta.dirname, '..')),
});
const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);

let screenshots = 0;
const look: Look = async (page, name) => {
  screenshots += 1;
  const file = `${String(screenshots).padStart(2, '0')}-${name}.png`;
  await page.screenshot({ path: join(out, file) });
  progress(file);
  await evidence?.look(page, name);
};
const performer = await Performer.of(
  {
    host: 'chromium',
    pid: process.pid,
    ...windowsOf(browser),
    kill: () => host.quit(),
    close: () => host.quit(),
    output: () => '',
  },
  look,
);
try {
  if (way === 'ceremony' && vault === '1') await performer.practiceFromStartToEnd();
  else await new WayPlayer(performer, app.practice, look, vault).play(way);
} catch (error) {
  // Unattended: whoever comes later sees where it stood.
  await look(performer.guide, 'stuck');
  throw error;
}

const { shares, minted } = app.practice.secrets;
const last = minted.at(-1);
const ends = [];
for (const journal of await app.store.list()) {
  if (!journal.readable) throw new Error('The rehearsal left a record that cannot be read.');
  const folded = fold(journal.entries);
  if (!folded.ok || folded.state.phase !== 'ended') throw new Error('A ceremony did not end.');
  // Signed already, or being signed right now: it is signed once.
  await app.signatures.sign(journal.id);
  const exported = await app.records.export(journal.id, 'A4', out);
  if (!exported) throw new Error('The record was not exported.');
  progress(exported.files.join(', '));
  const { outcome, promoted, openItems } = folded.state;
  const shares = journal.entries.filter(({ event }) => event.type === 'share.intended').length;
  ends.push({
    outcome,
    promoted,
    openItems,
    shares,
    record: join(exported.folder, 'record.jsonl'),
  });
}
const [first] = ends;
if (!first) throw new Error('The rehearsal left no record.');
await evidence?.finish(performer.guide);
await browser.close();
await host.quit();

console.log(
  JSON.stringify({
    host: host.kind,
    way,
    vault,
    // There and back are two ceremonies: what is said here is true of each.
    ceremony: ends.every(({ outcome }) => outcome === 'closed') ? 'closed' : first.outcome,
    promoted: ends.every(({ promoted }) => promoted),
    ceremonies: ends.length,
    openItems: ends.flatMap(({ openItems }) => openItems),
    shares: ends.reduce((sum, { shares }) => sum + shares, 0),
    durationMs: Date.now() - startedAt,
    record: first.record,
    records: ends.map(({ record }) => record),
    screenshots,
    dataFolder,
    practiceSecrets: {
      shares: shares.map((share) => share.expose()),
      // Absent where the way needs no attempt.
      otp: last?.otp,
      encodedToken: last?.encodedToken,
      token: last?.token,
    },
  }),
);
process.exit(0);
