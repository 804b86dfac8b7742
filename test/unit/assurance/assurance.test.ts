import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readCase } from '../../../scripts/assurance/case.mjs';
import { judgeCase } from '../../../scripts/assurance/judge.mjs';
import { promisesIn } from '../../../scripts/assurance/promises.mjs';
import { readResults } from '../../../scripts/assurance/results.mjs';

const claimOf = (...evidence: readonly string[]) =>
  `# A case\n\nWords.\n\n## A chapter\n\n### No share is lost\n\nBecause it is kept\nin one place.\n\n${evidence.join('\n')}\n`;
const unit = '- [a](../test/unit/a.test.ts): “is kept”';
const e2e = '- [b](../test/e2e/b.spec.ts): “survives a kill”';
const sources: Readonly<Record<string, string>> = {
  'test/unit/a.test.ts': "test('is kept')\ntest('is sent once')",
  'test/e2e/b.spec.ts': "test('survives a kill of %s')",
  'test/unit/c.deep.test.ts': "test('goes on for hours')",
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyturn-assurance-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

type State = 'passed' | 'failed' | 'pending';

/** Writes result files as vitest and Playwright do. */
async function ranWith(state: State, e2eState = 'expected', file = 'test/unit/a.test.ts') {
  const assertionResults = [
    { ancestorTitles: ['a share'], title: 'is kept', status: state },
    { ancestorTitles: ['a share'], title: 'is sent once', status: 'passed' },
  ];
  const vitest = { testResults: [{ name: join('/project', file), assertionResults }] };
  await writeFile(join(folder, 'unit.json'), JSON.stringify(vitest));
  const spec = {
    title: 'survives a kill of main',
    file: 'b.spec.ts',
    tests: [{ status: e2eState }],
  };
  const inner = { title: 'a group', file: 'b.spec.ts', specs: [spec] };
  const suite = { title: 'b.spec.ts', file: 'b.spec.ts', specs: [], suites: [inner] };
  const playwright = { config: { rootDir: '/project/test/e2e' }, suites: [suite] };
  await writeFile(join(folder, 'e2e.json'), JSON.stringify(playwright));
}

function judged(
  markdown: string,
  options: { ran?: readonly string[]; promises?: readonly string[]; deep?: boolean } = {},
) {
  const { ran = ['unit', 'e2e'], promises = [], deep = false } = options;
  return judgeCase({
    claims: readCase(markdown),
    promises,
    sourceOf: (path) => sources[path],
    results: readResults(folder, ran, '/project'),
    deep,
  });
}

describe('a claim', () => {
  test('whose tests ran and passed stands', async () => {
    await ranWith('passed');
    expect(judged(claimOf(unit, e2e))).toEqual({
      faults: [],
      notes: [],
      counts: { evidence: 2, shown: 2 },
    });
  });

  test.each<[string, readonly string[], RegExp]>([
    ['a file that is not there', ['- [x](../test/unit/x.test.ts)'], /x\.test\.ts does not exist/],
    [
      'a title that is not there',
      ['- [a](../test/unit/a.test.ts): “is lost”'],
      /no test “is lost”/,
    ],
    ['a line that is no evidence', [unit, '- see the code'], /no evidence: - see the code/],
    ['no evidence', ['Words.'], /has no evidence/],
  ])('with %s falls, also without results', async (_, evidence, says) => {
    await ranWith('passed');
    for (const ran of [[], ['unit', 'e2e']])
      expect(judged(claimOf(...evidence), { ran }).faults.join()).toMatch(says);
  });

  test('whose test failed falls', async () => {
    await ranWith('failed');
    expect(judged(claimOf(unit)).faults.join()).toMatch(/“is kept” failed/);
    expect(judged(claimOf('- [a](../test/unit/a.test.ts)')).faults.join()).toMatch(/failed/);
    await ranWith('passed', 'unexpected');
    expect(judged(claimOf(e2e)).faults.join()).toMatch(/“survives a kill” failed/);
  });

  test('whose test was skipped falls, unless the case says why it may be', async () => {
    await ranWith('pending', 'skipped');
    expect(judged(claimOf(unit)).faults.join()).toMatch(/“is kept” was skipped/);
    expect(judged(claimOf(e2e)).faults.join()).toMatch(/“survives a kill” was skipped/);
    const file = '- [a](../test/unit/a.test.ts)';
    expect(judged(claimOf(file)).faults.join()).toMatch(/a\.test\.ts was skipped/);
    expect(judged(claimOf(`${file}, may be skipped: only root can`)).faults).toEqual([]);
    const allowed = judged(claimOf(`${unit}, may be skipped: only root can`));
    expect(allowed.faults).toEqual([]);
    expect(allowed.notes.join()).toMatch(/not shown on this machine, only root can/);
    expect(allowed.counts.shown).toBe(0);
  });

  test('whose file may be skipped where something is missing, said once for all, stands', async () => {
    await ranWith('pending');
    const reason =
      '## What a machine may lack\n\n- [a](../test/unit/a.test.ts), may be skipped: no keyring\n';
    const allowed = judged(`${claimOf(unit)}\n${reason}`);
    expect(allowed.faults).toEqual([]);
    expect(allowed.notes.join()).toMatch(/not shown on this machine, no keyring/);
  });

  test('that may be skipped and failed falls all the same', async () => {
    await ranWith('failed');
    expect(judged(claimOf(`${unit}, may be skipped: only root can`)).faults).toHaveLength(1);
  });

  test('whose file was not run falls', async () => {
    await ranWith('passed', 'expected', 'test/unit/other.test.ts');
    expect(judged(claimOf(unit)).faults.join()).toMatch(/a\.test\.ts was not run/);
  });

  test('whose test is in the file and not in the results falls', async () => {
    await ranWith('passed');
    expect(judged(claimOf('- [n](../test/unit/a.test.ts): “is sent”')).faults).toEqual([]);
    await writeFile(
      join(folder, 'unit.json'),
      JSON.stringify({
        testResults: [{ name: '/project/test/unit/a.test.ts', assertionResults: [] }],
      }),
    );
    expect(judged(claimOf(unit)).faults.join()).toMatch(/was not run/);
  });

  test('with deep evidence: not run in this share, shown in the other', async () => {
    await ranWith('passed', 'expected', 'test/unit/c.deep.test.ts');
    const deepOnly = claimOf('- [c](../test/unit/c.deep.test.ts)');
    expect(judged(deepOnly)).toMatchObject({ faults: [], counts: { shown: 0 } });
    expect(judged(deepOnly).notes.join()).toMatch(/not run in this share/);
    expect(judged(deepOnly, { deep: true })).toMatchObject({ notes: [], counts: { shown: 1 } });
    expect(judged(claimOf(unit), { deep: true }).notes.join()).toMatch(/not run in this share/);
  });

  test('that is still open is told, and holds nothing up', async () => {
    await ranWith('passed');
    const open = judged(claimOf('- Open: the searches, `test/exploit/x-*.test.ts`'));
    expect(open.faults).toEqual([]);
    expect(open.notes.join()).toMatch(/still open: the searches/);
  });

  test('may name its tests over more than one line', async () => {
    await ranWith('passed');
    const long =
      '- [a](../test/unit/a.test.ts): “is kept”\n  · “is sent once”,\n  may be skipped: no';
    const [claim] = readCase(claimOf(long));
    expect(claim?.evidence).toEqual([
      { file: 'test/unit/a.test.ts', titles: ['is kept', 'is sent once'], skip: 'no' },
    ]);
    expect(claim?.argument).toBe('Because it is kept in one place. ');
  });
});

describe('the run', () => {
  test('that left no results of a tier fails', async () => {
    await ranWith('passed');
    await rm(join(folder, 'e2e.json'));
    expect(judged(claimOf(unit)).faults).toEqual(['The tier "e2e" ran and left no results.']);
  });

  test('of one tier says of the other that it did not run', async () => {
    await ranWith('passed');
    const one = judged(claimOf(unit, e2e), { ran: ['unit'] });
    expect(one.faults).toEqual([]);
    expect(one.notes.join()).toMatch(/b\.spec\.ts: its tier did not run/);
  });
});

describe('the threat model', () => {
  const model = `# M\n\n| What | Why |\n| --- | --- |\n| Shares | x |\n\n| Property | How | Tested in |\n| -------- | --- | --------- |\n| No share is lost   | kept | [a](b) |\n| The desk cannot ([desk.md](desk.md)) | x | y |\n\nWords.\n| Not a row | x |\n`;

  test('promises what stands first in its tables of properties', () => {
    expect(promisesIn(model)).toEqual(['No share is lost', 'The desk cannot']);
  });

  test('has a claim for every promise, and no claim has a twin', async () => {
    await ranWith('passed');
    const { faults } = judged(`${claimOf(unit)}\n${claimOf(unit)}`, {
      promises: promisesIn(model),
    });
    expect(faults).toEqual([
      'Two claims are called "No share is lost".',
      'The threat model promises "The desk cannot", and no claim has that title.',
    ]);
  });
});
