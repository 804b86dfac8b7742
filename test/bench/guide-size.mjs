// JavaScript and CSS that the guide is shipped as, gzip, in kilobytes of 1,000 bytes.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from '../../scripts/lib/paths.mjs';
import { line } from './measure.mjs';

export async function guideSize() {
  const folder = join(root, 'out/renderer/guide');
  const names = await readdir(folder, { recursive: true });
  let bytes = 0;
  for (const name of names.filter((each) => /\.(js|css)$/.test(each)))
    bytes += gzipSync(await readFile(join(folder, name)), { level: 9 }).length;
  return [line('guide-size', 'kB gzip', { value: bytes / 1000, baseline: null, n: 1 })];
}
