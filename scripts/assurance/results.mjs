import { existsSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/**
 * What a run's result files say of each test, by file (relative to the project, with slashes).
 * @param ran the tiers that ran; their files must be there
 * @returns {{ ran: string[], missing: string[], tests: Map<string, { name: string, state: 'passed' | 'failed' | 'skipped' }[]> }}
 */
export function readResults(folder, ran, root) {
  const tests = new Map();
  const missing = [];
  for (const tier of ran) {
    const path = join(folder, `${tier}.json`);
    if (!existsSync(path)) {
      missing.push(tier);
      continue;
    }
    const report = JSON.parse(readFileSync(path, 'utf8'));
    for (const { file, name, state } of tier === 'e2e' ? ofPlaywright(report) : ofVitest(report)) {
      const key = relative(root, file).split(sep).join('/');
      tests.set(key, [...(tests.get(key) ?? []), { name, state }]);
    }
  }
  return { ran: ran.filter((tier) => !missing.includes(tier)), missing, tests };
}

/** vitest's `--reporter=json`. */
export function* ofVitest(report) {
  for (const { name: file, assertionResults } of report.testResults ?? []) {
    for (const { ancestorTitles, title, status } of assertionResults) {
      const state = status === 'passed' || status === 'failed' ? status : 'skipped';
      yield { file, name: [...ancestorTitles, title].join(' › '), state };
    }
  }
}

/** Playwright's `json` reporter; a test that passed at the second try passed. */
export function* ofPlaywright(report) {
  const folder = report.config?.rootDir ?? '';
  for (const suite of report.suites ?? []) yield* ofSuite(folder, suite, []);
}

function* ofSuite(folder, suite, above) {
  // A file's own suite is named as the file.
  const names = suite.title === suite.file ? above : [...above, suite.title];
  for (const { title, tests, file } of suite.specs ?? []) {
    for (const { status } of tests) {
      const state = { expected: 'passed', flaky: 'passed', skipped: 'skipped' }[status] ?? 'failed';
      yield { file: join(folder, file), name: [...names, title].join(' › '), state };
    }
  }
  for (const inner of suite.suites ?? []) yield* ofSuite(folder, inner, names);
}
