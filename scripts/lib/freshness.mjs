import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

const sources = [
  'electron',
  'renderer',
  'shared',
  'verifier',
  'scripts/build.mjs',
  'package.json',
  'package-lock.json',
];

/** Whether out/ was built, and after the last change of anything it is built from. */
export function isBuilt() {
  const stamp = join(root, 'out/built');
  if (!existsSync(stamp)) return false;
  const builtAt = statSync(stamp).mtimeMs;
  return sources.every((source) => newest(join(root, source)) <= builtAt);
}

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
