// node scripts/compare-builds.mjs FOLDER FOLDER [--json]: are two builds the same, byte for byte? Looks
// into app.asar where two archives differ. Exit code 0: the same; 1: not, with the list.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { extractFile, listPackage, uncache } from '@electron/asar';

/** @returns one line for each difference: `only in A`, `only in B`, `differs`, with the path. */
export async function compareBuilds(a, b) {
  const [inA, inB] = [await digestsBelow(a), await digestsBelow(b)];
  const differences = compareMaps(inA, inB);
  for (const { path } of differences.filter(({ how }) => how === 'differs')) {
    if (!path.endsWith('.asar')) continue;
    const inside = compareMaps(digestsInside(join(a, path)), digestsInside(join(b, path)));
    const named = inside.map((one) => ({ ...one, path: `${path}/${one.path}` }));
    // The same files in another order, or another header.
    differences.push(...(named.length > 0 ? named : [{ how: 'differs only in order', path }]));
  }
  return { files: inA.size, differences };
}

function compareMaps(a, b) {
  const found = [];
  for (const path of [...new Set([...a.keys(), ...b.keys()])].sort()) {
    if (!b.has(path)) found.push({ how: 'only in the first', path });
    else if (!a.has(path)) found.push({ how: 'only in the second', path });
    else if (a.get(path) !== b.get(path)) found.push({ how: 'differs', path });
  }
  return found;
}

/** Content and the right to execute; a link counts by where it leads. */
async function digestsBelow(folder, prefix = '') {
  const found = new Map();
  for (const name of await readdir(join(folder, prefix))) {
    const path = prefix === '' ? name : `${prefix}/${name}`;
    const stat = await lstat(join(folder, path));
    if (stat.isDirectory()) {
      for (const [below, digest] of await digestsBelow(folder, path)) found.set(below, digest);
    } else if (stat.isSymbolicLink()) found.set(path, `-> ${await readlink(join(folder, path))}`);
    else
      found.set(
        path,
        `${sha256(await readFile(join(folder, path)))} ${stat.mode & 0o111 ? 'x' : ''}`,
      );
  }
  return found;
}

function digestsInside(archive) {
  uncache(archive); // The library remembers archives by their path.
  return new Map(
    listPackage(archive, { isPack: false }).map((path) => {
      const inside = path.replaceAll('\\', '/').slice(1);
      return [inside, contentOf(archive, inside)];
    }),
  );
}

/** A folder has no content; an unpacked file is compared where it lies. */
function contentOf(archive, path) {
  try {
    return sha256(extractFile(archive, path));
  } catch {
    return 'folder';
  }
}

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [a, b] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
  if (a === undefined || b === undefined || !existsSync(a) || !existsSync(b)) {
    console.error('Use: node scripts/compare-builds.mjs FOLDER FOLDER [--json]');
    process.exit(2);
  }
  const { files, differences } = await compareBuilds(resolve(a), resolve(b));
  if (process.argv.includes('--json')) console.log(JSON.stringify({ files, differences }));
  else {
    for (const { how, path } of differences) console.log(`${how.padEnd(22)} ${path}`);
    console.log(
      differences.length === 0
        ? `The same: ${files} files, byte for byte.`
        : `${differences.length} differences in ${files} files.`,
    );
  }
  process.exit(differences.length === 0 ? 0 : 1);
}
