// Reads docs/assurance-case.md and holds it against the tests: each that is named there must exist and,
// given the results of a run, must have run and passed. Called by `npm test` at its end;
// `node scripts/assurance.mjs` alone checks the names only, `--results DIR` a run's results too.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCase } from './assurance/case.mjs';
import { judgeCase } from './assurance/judge.mjs';
import { readResults } from './assurance/results.mjs';
import { promisesIn } from './assurance/promises.mjs';
import { root } from './lib/paths.mjs';

/**
 * Checks the assurance case of this repository and prints what it found.
 * @param ran the tiers whose results are to be looked at: `unit`, `e2e`; none: the names only
 * @returns {boolean} whether every claim stands
 */
export function assure({ resultsFolder, ran = [], deep = false, print = console.log } = {}) {
  const read = (path) => {
    const file = join(root, path);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  };
  const claims = readCase(read('docs/assurance-case.md') ?? '');
  const { faults, notes, counts } = judgeCase({
    claims,
    promises: promisesIn(read('docs/threat-model.md') ?? ''),
    sourceOf: read,
    results: readResults(resultsFolder, ran, root),
    deep,
  });
  for (const note of notes) print(`  ${note}`);
  for (const fault of faults) print(`✗ ${fault}`);
  const { evidence, shown } = counts;
  print(`${claims.length} claims, ${evidence} pieces of evidence, ${shown} shown by this run.`);
  return faults.length === 0;
}

if (import.meta.filename === process.argv[1]) {
  const at = process.argv.indexOf('--results');
  const resultsFolder = at === -1 ? undefined : process.argv[at + 1];
  const deep = process.argv.includes('--deep');
  const ran = resultsFolder === undefined ? [] : ['unit', 'e2e'];
  process.exit(assure({ resultsFolder, ran, deep }) ? 0 : 1);
}
