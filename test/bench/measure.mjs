// What the benchmarks share: baseline and subject in turn, medians, and our own modules on plain Node.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildNodeMain } from '../../scripts/build.mjs';
import { root } from '../../scripts/lib/paths.mjs';

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

export const rounded = (value, digits = 3) => Number(value.toFixed(digits));

/**
 * Runs both `n` times in turn, after one turn that only warms up, so that whatever slows the machine
 * slows both. Each returns a number, or an object of numbers.
 */
export async function inTurn(n, baseline, subject) {
  const runs = { baseline: [], subject: [] };
  for (let turn = -1; turn < n; turn += 1) {
    const one = await baseline();
    const other = await subject();
    if (turn < 0) continue;
    runs.baseline.push(one);
    runs.subject.push(other);
  }
  return runs;
}

/** One line of the output. `value` and `baseline` are in `unit`; `ratio` is their quotient. */
export const line = (name, unit, { value, baseline, n, ...more }) => ({
  name,
  ratio: baseline === null ? null : rounded(value / baseline),
  value: rounded(value),
  unit,
  baseline: baseline === null ? null : rounded(baseline),
  n,
  ...more,
});

/** Modules of ours, bundled for plain Node as they ship; `name` is the bundle's. */
export async function load(name, paths) {
  const folder = join(root, 'out/bench');
  const entry = join(folder, `${name}.entry.ts`);
  await mkdir(folder, { recursive: true });
  const from = (path) => `export * from ${JSON.stringify(join(root, path))};\n`;
  await writeFile(entry, paths.map(from).join(''));
  await buildNodeMain(entry, folder, `${name}.js`);
  return import(pathToFileURL(join(folder, `${name}.js`)).href);
}
