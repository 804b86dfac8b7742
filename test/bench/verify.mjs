// node test/bench/verify.mjs: how long verifying a signed record takes, against SHA-256 over the same
// bytes; one JSON object a line. Linear means that "nsPerByte" stays where it is.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runnerImport } from 'vite';
import { root } from '../../scripts/lib/paths.mjs';
import { line, median } from './measure.mjs';

export async function benchVerify(sizes = [1000, 10_000, 100_000], runs = 7) {
  const load = async (path) =>
    (await runnerImport(join(root, path), { configFile: false, root, logLevel: 'silent' })).module;
  const { verifyRecordBytes } = await load('electron/transcript/verify-file.ts');
  const records = await load('test/fakes/records.ts');
  const { opened } = await load('test/fakes/events.ts');
  const signer = records.newSigner();
  const trust = { fingerprints: [signer.identity.fingerprint], heads: [] };

  const results = [];
  for (const events of [200, ...sizes]) {
    const note = (i) => ({
      type: 'note.added',
      by: 'Wim',
      note: `Reading ${i}: nothing has changed.`,
    });
    const lines = records.journalLines(
      Array.from({ length: events }, (_, i) => (i === 0 ? opened : note(i))),
    );
    const bytes = records.fileOf(
      ...lines,
      records.signed(lines, signer, { at: '2027-01-01T00:00:00.000Z' }),
    );
    const times = { verify: [], sha256: [] };
    let verdict = '';
    for (let run = 0; run < runs; run += 1) {
      times.sha256.push(await timed(() => createHash('sha256').update(bytes).digest('hex')));
      times.verify.push(
        await timed(async () => {
          verdict = (await verifyRecordBytes(bytes, { trust })).verdict.kind;
        }),
      );
    }
    const [verifyMs, sha256Ms] = [median(times.verify), median(times.sha256)];
    results.push({
      bench: 'verify',
      events,
      bytes: bytes.length,
      verdict,
      verifyMs: rounded(verifyMs),
      sha256Ms: rounded(sha256Ms),
      nsPerByte: rounded((verifyMs * 1e6) / bytes.length),
      timesSha256: rounded(verifyMs / sha256Ms),
    });
  }
  return results.slice(1); // The first only warms up.
}

/** For `npm run bench`: against SHA-256, and how a byte's cost grows from 1,000 to 10,000 events. */
export async function verifyLines({ n }) {
  const [few, many] = await benchVerify([1000, 10_000], n);
  return [
    line('verify', 'ms', { value: many.verifyMs, baseline: many.sha256Ms, n, events: many.events }),
    line('verify-growth', 'ns a byte', { value: many.nsPerByte, baseline: few.nsPerByte, n }),
  ];
}

async function timed(work) {
  const started = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - started) / 1e6;
}

const rounded = (value) => Math.round(value * 100) / 100;

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const result of await benchVerify()) console.log(JSON.stringify(result));
}
