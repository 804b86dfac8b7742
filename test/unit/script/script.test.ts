import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { hashOfScript, readScript, scriptFileName } from '../../../electron/script-file.ts';
import { clusterSchema } from '../../../shared/ceremony/events.ts';
import { digestSchema } from '../../../shared/ids.ts';
import { problemOf } from '../../../shared/problem.ts';
import { scriptOf } from '../../../shared/script/default.ts';
import { printScript } from '../../../shared/script/print.ts';
import { scriptSchema, siteScriptSchema, stepIds } from '../../../shared/script/schema.ts';
import { canonical } from '../../../shared/transcript/canonical.ts';
import { opened } from '../../fakes/events.ts';

const step = {
  id: 'phone-the-noc',
  at: 'start',
  title: 'Phone the NOC',
  owner: 'operator',
  text: 'Say that the failover begins.',
  check: 'The NOC knows.',
} as const;
const site = siteScriptSchema.parse({ version: 1, title: 'Payments', steps: [step] });

describe('the script', () => {
  test('built in has every step once, in order, and fits its own schema', () => {
    const script = scriptSchema.parse(scriptOf(undefined));
    expect(script.steps.map(({ id }) => id)).toEqual([...stepIds]);
  });

  test('has a hash that anybody can make again from the record', () => {
    const script = scriptOf(site);
    const again = createHash('sha256').update(canonical(script)).digest('hex');
    expect(hashOfScript(script)).toBe(again);
    expect(hashOfScript(scriptOf(undefined))).not.toBe(again);
  });

  test.each([
    ['an unknown step', { ...step, at: 'lunch' }],
    ['a field that is not known', { ...step, chek: 'typo' }],
    ['a check at a step that has no verb', { ...step, at: 'watch' }],
    ['an id that is no name', { ...step, id: '../x' }],
    ['an empty text', { ...step, text: '  ' }],
    ['half a character', { ...step, title: 'Half \ud800 of one' }],
  ])('refuses %s', (_, wrong) => {
    const steps = [wrong];
    expect(siteScriptSchema.safeParse({ version: 1, title: 'T', steps }).success).toBe(false);
  });

  test('refuses the same id twice', () =>
    expect(
      siteScriptSchema.safeParse({ version: 1, title: 'T', steps: [step, step] }).success,
    ).toBe(false));
});

describe('the file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keyturn-script-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const write = (text: string) => writeFile(join(folder, scriptFileName), text);
  const fault = async (): Promise<string> => {
    const thrown: unknown = await readScript(folder).catch((cause: unknown) => cause);
    return problemOf(thrown).known;
  };

  test('that is not there means the built-in script', async () =>
    expect(await readScript(folder)).toEqual(scriptOf(undefined)));

  test('is read as YAML, and JSON is YAML too', async () => {
    await write(JSON.stringify(site));
    expect(await readScript(folder)).toEqual(scriptOf(site));
    await write(
      `# ours\nversion: 1\ntitle: Payments\nsteps:\n  - ${Object.entries(step)
        .map(([key, value]) => `${key}: ${value}`)
        .join('\n    ')}\n`,
    );
    expect(await readScript(folder)).toEqual(scriptOf(site));
  });

  test.each([
    ['a line that is not YAML', 'version: 1\ntitle: [', /not YAML/],
    ['aliases, a few of which could stand for gigabytes', 'a: &a [1]\nb: [*a, *a]', /not YAML/],
    ['the same key twice', 'version: 1\nversion: 1\ntitle: T\nsteps: []', /Line 2 is not YAML/],
    ['a field with another content', 'version: 2\ntitle: T\nsteps: []', /version/],
    ['nothing at all', '', /cannot be used/],
    ['a tag that nobody knows', 'version: 1\ntitle: !exec T\nsteps: []', /Line 2 is not YAML/],
    ['a list for a key', '? [a]\n: 1\n', /cannot be used/],
    ['brackets without end', '['.repeat(20_000), /not YAML/],
    ['more than it may be', `title: "${'x'.repeat(600_000)}"`, /larger than/],
  ])('with %s is refused in a sentence', async (_, text, says) => {
    await write(text);
    // The library would print a part of the file as a warning.
    const warn = vi.spyOn(process, 'emitWarning');
    expect(await fault()).toMatch(says);
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });
});

describe('on paper', () => {
  const hash = digestSchema.parse('ab'.repeat(32));
  const cluster = clusterSchema.parse(opened.cluster);

  test('has every step, its words, the blanks, and the commands', () => {
    const page = printScript(scriptOf(site), hash, cluster);
    for (const { title, challenge, response } of scriptOf(site).steps)
      for (const part of [title, challenge, response]) expect(page).toContain(part);
    expect(page).toContain(hash);
    expect(page).toContain('The NOC knows.');
    expect(page).toContain('operator generate-root -dr-token');
    expect(page.match(/first eight words of the head/g)?.length).toBeGreaterThan(3);
    expect(page).toContain(cluster.nodes[0]);
  });

  test('shows what a site wrote as text, whatever it is', () => {
    const hostile = siteScriptSchema.parse({
      version: 1,
      title: '<script>alert(1)</script>',
      steps: [{ ...step, text: '"><img src=x onerror=y> \u202Egnp', title: "O'Neill & <b>" }],
    });
    const page = printScript(scriptOf(hostile), hash, cluster);
    expect(page).not.toMatch(/<script|<img|<b>|\u202E/);
    expect(page).toContain('O&#39;Neill &amp; &lt;b&gt;');
  });
});
