import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { SecretKind } from '../../shared/secret.ts';
import type { KnownSecret } from './essence.ts';
import { canReadPictures, filesBelow } from './places.ts';
import { Search, type Hit, type Place } from './search.ts';

export interface Searched {
  /** The last line of the rehearsal. */
  readonly line: unknown;
  /** Empty, or the promise is broken. */
  readonly hits: readonly Hit[];
  /** Where the planted note was found: names of files, each once (`wherePlanted`). */
  readonly planted: readonly string[];
  readonly kinds: readonly SecretKind[];
  /** How many pictures the rehearsal left. */
  readonly pictures: number;
  /** What was covered, for the terminal. */
  readonly covered: string;
}

/** Where a note on the record must be: a search that does not find it there finds nothing. */
export const wherePlanted = (): readonly string[] => [
  'heap.json',
  'messages.txt',
  'record.jsonl',
  'report.html',
  'report.pdf (text)',
  ...(canReadPictures() ? ['note.png (read)'] : []),
];

const root = join(import.meta.dirname, '../..');
const evidenceSchema = z.object({
  known: z.array(z.object({ kind: z.custom<SecretKind>(isText), value: z.string() })),
  plant: z.string(),
});

/**
 * Runs a rehearsal in folders of its own and looks for every secret it held in all that it wrote, said
 * and left: pictures, record, PDF, data folder, temporary folder, Chromium's profile, terminal, the
 * messages of the guide and its heap, arguments and environments of all processes. Chromium host only.
 *
 * @param options.pictures `all` of them are read, or only those of entry fields: a second or two each.
 */
export async function searchRehearsal(options: {
  readonly words?: readonly string[];
  readonly pictures: 'all' | 'fields';
}): Promise<Searched> {
  const [evidence, out] = await Promise.all(
    ['evidence', 'out'].map((name) => mkdtemp(join(tmpdir(), `keyturn-${name}-`))),
  );
  if (evidence === undefined || out === undefined)
    throw new Error('There is no folder to rehearse in.');
  const folders = [evidence, out];
  try {
    const said = await promisify(execFile)(
      process.execPath,
      [join(root, 'scripts/rehearse.mjs'), '--keep', '--out', out, ...(options.words ?? [])],
      {
        cwd: root,
        maxBuffer: 32 * 1024 * 1024,
        env: { ...process.env, KEYTURN_EVIDENCE: evidence },
      },
    );
    const lines = said.stdout.trimEnd().split('\n');
    // Its temporary folder, with all that the run left in it.
    const own = lines.find((one) => one.startsWith(kept))?.slice(kept.length);
    if (own === undefined) throw new Error('The rehearsal says nowhere what it kept.');
    folders.push(own);
    const line: unknown = JSON.parse(lines.pop() ?? '');
    const held = join(evidence, 'secrets.json');
    const { known, plant } = evidenceSchema.parse(JSON.parse(await readFile(held, 'utf8')));
    const isField = (path: string): boolean =>
      /-field\.png$|-token\.png$|note\.png$/.test(basename(path));
    const places = async function* (): AsyncGenerator<Place> {
      yield { name: 'the terminal', bytes: Buffer.from([...lines, said.stderr].join('\n')) };
      for (const folder of folders)
        yield* filesBelow(folder, {
          without: held,
          pictures: canReadPictures() && (options.pictures === 'all' || isField),
        });
    };
    const pictures = (await readdir(out)).filter((name) => name.endsWith('.png')).length;
    return { line, pictures, ...(await searchIn(places(), known, plant)) };
  } finally {
    await Promise.all(folders.map((one) => rm(one, { recursive: true, force: true })));
  }
}

/** What `--keep` prints before the folder. */
const kept = 'Kept: ';

async function searchIn(
  places: AsyncIterable<Place>,
  known: readonly KnownSecret[],
  plant: string,
): Promise<Omit<Searched, 'line' | 'pictures'>> {
  const search = await Search.for(known);
  const planted = await Search.for([{ kind: 'share', value: plant }]);
  const hits: Hit[] = [];
  const found = new Set<string>();
  let count = 0;
  let bytes = 0;
  for await (const place of places) {
    count += 1;
    bytes += place.bytes.length;
    hits.push(...search.in(place));
    if (planted.in(place).length > 0) found.add(basename(place.name));
  }
  const kinds = [...search.counts.keys()];
  const values = [...search.counts].map(([kind, many]) => `${many} ${kind}`).join(', ');
  const pictures = canReadPictures() ? '' : '; pictures were not read (tesseract is missing)';
  const covered = `${search.needles} pieces of ${values} looked for in ${count} places, ${(bytes / 1e6).toFixed(0)} MB${pictures}`;
  return { hits, planted: [...found], kinds, covered };
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}
