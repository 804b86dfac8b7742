// npm test: every tier that this machine can run, one after the other; a tier that fails does not
// hide the next. The last line is the total. `npm test -- types unit` runs only those;
// `npm run test:deep` runs the tests named `*.deep.*`, which take too long for every change.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chooseHost } from './lib/host.mjs';
import { needs } from './lib/needs.mjs';
import { root } from './lib/paths.mjs';
import { runToEnd } from './lib/processes.mjs';
import { assure } from './assurance.mjs';
import { setUp } from './setup.mjs';
import { withKeyring } from './with-keyring.mjs';

const results = join(root, 'test-results');
const bin = (name) => join(root, 'node_modules', name);
const node = (...words) => runToEnd(process.execPath, words);

if (!setUp(Object.keys(needs))) process.exit(1);
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
const host = chooseHost({ mayFetch: false });

const deep = process.argv.includes('--deep');
// Read by the configurations of both runners.
if (deep) process.env.KEYTURN_DEEP = '1';

const tiers = [
  {
    name: 'format',
    run: () => node(bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'),
  },
  { name: 'lint', run: () => node(bin('eslint/bin/eslint.js'), '--max-warnings', '0', '.') },
  { name: 'types', run: () => node(join(root, 'scripts/typecheck.mjs')) },
  { name: 'build', run: () => node(join(root, 'scripts/build.mjs')) },
  {
    name: 'unit',
    covers: 'unit, integration and exploit tests',
    run: runVitest,
    count: countVitest,
  },
  { name: 'e2e', covers: 'end-to-end tests', run: runPlaywright, count: countPlaywright },
  { name: 'assurance', covers: 'the assurance case, held against this run', run: runAssurance },
];

const asked = deep
  ? ['build', 'unit', 'e2e', 'assurance']
  : process.argv.slice(2).filter((word) => !word.startsWith('--'));
const report = [];
let interrupted = false;
process.on('SIGINT', () => {
  interrupted = true;
});
for (const tier of tiers) {
  if (interrupted || (asked.length > 0 && !asked.includes(tier.name))) continue;
  console.log(`\n── ${tier.covers ?? tier.name}`);
  const started = Date.now();
  const code = await tier.run();
  report.push({ ...counted(tier, code), name: tier.name, seconds: (Date.now() - started) / 1000 });
}

console.log('\n── summary');
for (const { name, passed, failed, skipped, seconds } of report) {
  const tests =
    passed + failed + skipped > 1
      ? `${passed} passed, ${failed} failed, ${skipped} skipped`
      : failed === 0
        ? 'passed'
        : 'failed';
  console.log(`${name.padEnd(8)} ${tests.padEnd(40)} ${seconds.toFixed(1)} s`);
}
const hostName = host.kind === 'electron' ? 'Electron' : 'Chromium';
console.log(`Host of the end-to-end tests: ${hostName} (${host.why}).`);
const total = (key) => report.reduce((sum, tier) => sum + tier[key], 0);
const skipped = total('skipped');
console.log(
  `${total('passed')} passed, ${total('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
);
process.exit(total('failed') === 0 && !interrupted ? 0 : 1);

function runVitest() {
  const file = join(results, 'unit.json');
  return withKeyring(
    process.execPath,
    [
      bin('vitest/vitest.mjs'),
      'run',
      '--passWithNoTests',
      '--root',
      root,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ],
    { ownHome: true },
  );
}

function runPlaywright() {
  return withKeyring(
    process.execPath,
    [
      bin('@playwright/test/cli.js'),
      'test',
      '--pass-with-no-tests',
      '--config',
      join(root, 'playwright.config.ts'),
    ],
    { ownHome: true, display: true, env: { KEYTURN_HOST: host.kind } },
  );
}

/** Only what ran in this run counts as shown by it. */
function runAssurance() {
  const ran = report.map(({ name }) => name).filter((name) => name === 'unit' || name === 'e2e');
  return assure({ resultsFolder: results, ran, deep }) ? 0 : 1;
}

/** A tier of tests counts its tests, another tier counts only when it fails. */
function counted({ count }, code) {
  const counts = count?.() ?? { passed: 0, failed: 0, skipped: 0 };
  // A runner that could not even load a file fails without a failing test.
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function countVitest() {
  const report = readReport('unit.json');
  if (report === undefined) return undefined;
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = report;
  return {
    passed: numPassedTests,
    failed: numFailedTests,
    skipped: numPendingTests + numTodoTests,
  };
}

function countPlaywright() {
  const stats = readReport('e2e.json')?.stats;
  if (stats === undefined) return undefined;
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
}

function readReport(name) {
  const file = join(results, name);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
