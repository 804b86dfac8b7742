import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { skipWithoutKeyring, useKeyring, type PrivateKeyring } from '../fakes/keyring.ts';
import { eachOf } from './cell.ts';
import { crash, playPlainly } from './crash.ts';
import { Program } from './life.ts';
import { nameOf, usualOf } from './matrix.ts';
import {
  eventTypes,
  moments,
  momentTitles,
  wayNames,
  type Death,
  type Moment,
} from './messages.ts';
import { places, quiet } from './places.ts';
import { practiceFaults } from './practice-faults.ts';
import { tablesOf, type Table } from './read-document.ts';
import { strike } from './strike.ts';
import { ways } from './ways.ts';

/* The share of the matrix that is played with every change, and the document of the whole. */

const path = fileURLToPath(new URL('../../docs/fault-matrix.md', import.meta.url));

describe('docs/fault-matrix.md', () => {
  let document = '';
  let tables: readonly Table[] = [];
  const under = (section: string): readonly Table[] =>
    tables.filter((table) => table.section === section);
  beforeAll(async () => {
    document = await readFile(path, 'utf8');
    tables = tablesOf(document);
  });

  test('has a table for every way, with every moment', () => {
    for (const way of wayNames) {
      const [events] = under(`Killed: ${ways[way].title}`);
      expect(events?.head).toEqual(['Event', ...moments.map((one) => momentTitles[one])]);
      expect(events?.rows.length).toBeGreaterThan(3);
    }
  });

  test('knows every event of the code, each once: in a way, or among the others', () => {
    const inWays = wayNames.flatMap((way) =>
      (under(`Killed: ${ways[way].title}`)[0]?.rows ?? []).map(([event]) =>
        (event ?? '').replace(/ \d+$/, ''),
      ),
    );
    const others = (under('Events at which no way above is cut')[0]?.rows ?? []).map(
      ([event]) => event ?? '',
    );
    expect([...new Set(inWays), ...others].sort()).toEqual([...eventTypes].sort());
  });

  test('has every fault of the practice site at every step', () => {
    const titles = practiceFaults.map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
    expect(
      tables.map(({ section }) => section).filter((section) => section.startsWith('Fault: ')),
    ).toEqual(places.map(({ title }) => `Fault: ${title}`));
    for (const { title } of places) {
      const [table] = under(`Fault: ${title}`);
      expect(table?.rows.map(([fault]) => fault)).toEqual(titles);
    }
  });

  test('says of every fault that waits for a call whether its step sends one', () => {
    for (const { title, call } of places) {
      const [table] = under(`Fault: ${title}`);
      const notMet = table?.rows.filter((row) => row.includes('not played on')) ?? [];
      const expected = practiceFaults.filter(({ meets }) => meets === 'a call' && !call);
      expect(notMet.map(([fault]) => fault)).toEqual(expected.map((fault) => fault.title));
    }
  });

  test('says of each step that no fault strikes that it asks a server nothing', () => {
    const said = document.replaceAll(/\s+/g, ' ');
    expect(said).toContain(`what is in the keychain: ${quiet.join(', ')}.`);
  });

  test('has no empty cell, and tells every sentence and loss that it names', () => {
    const told = new Set(
      [...document.matchAll(/^- ([SL]\d+): \S/gm)].map(([, name]) => name ?? ''),
    );
    for (const { section, head, rows } of tables) {
      expect(rows.length, section).toBeGreaterThan(0);
      for (const row of rows) {
        expect(row.length, section).toBe(head.length);
        for (const cell of row) {
          expect(cell, `${section}: ${row.join(' | ')}`).not.toBe('');
          for (const [name] of cell.matchAll(/\b[SL]\d+\b/g)) expect(told).toContain(name);
        }
      }
    }
  });
});

/** Where most can go wrong: between a call and what is written of it. */
const deaths: readonly Death[] = [
  cut('ceremony.opened', 'before-write'),
  cut('roster.set', 'half-written'),
  cut('attempt.started', 'before-write'),
  cut('share.intended', 'after-sync'),
  cut('token.encoded.kept', 'before-write'),
  cut('token.decoded', 'before-sync'),
  cut('promote.intended', 'after-sync'),
  cut('promoted', 'after-sync'),
  cut('ceremony.ended', 'after-sync'),
  { at: 'reply', call: '/attempt', nth: 1 },
  { at: 'reply', call: '/update', nth: 3 },
  { at: 'reply', call: '/promote', nth: 1 },
  { at: 'disk', what: 'link to the lock', nth: 1 },
];

function cut(type: Extract<Death, { at: 'event' }>['type'], moment: Moment): Death {
  return { at: 'event', type, nth: 1, moment };
}

/** At the two steps that cost most the faults at which a call may have been counted, or not. */
const doubtful = /drops|half an answer|502|restarts$|somebody else/;
/** Of the other steps one fault each, at most. */
const oneOf: Readonly<Record<string, string>> = {
  Preflight: 'no node leads',
  'The snapshot': 'a login page',
  'Demote the old primary': 'half an answer',
  'Close the door': 'a proxy’s 502',
  Decode: '429',
  Watch: 'another node leads',
  'Delete the token': 'connection drops after the call',
  'Attach the old primary': 'connection drops after the call',
};
const costly = ['The last share', 'Promote with a DR operation token'];
const struck = places.flatMap((at) =>
  practiceFaults
    .filter(({ title }) =>
      costly.includes(at.title) ? doubtful.test(title) : oneOf[at.title] === title,
    )
    .map((fault) => ({ at, fault })),
);

const skip = skipWithoutKeyring('a share of the crash and fault matrix');
// It ends what hangs, and is no assertion.
describe.skipIf(skip).concurrent('a share of the matrix', { timeout: 300_000 }, () => {
  let keyring: PrivateKeyring;
  let program: Program;
  beforeAll(async () => {
    keyring = await useKeyring();
    program = await Program.build();
  });
  afterAll(async () => {
    await program.remove();
    await keyring.stop();
  });

  test('killed, and taken up again', async ({ expect }) => {
    const plain = await playPlainly(program, 'ceremony-1');
    const results = await eachOf(deaths, 3, (death) => crash(program, plain, death));
    expect(
      brokenOf(results, (place) => nameOf(deaths[place] ?? cut('promoted', 'after-sync'))),
    ).toEqual([]);
    const ends = results.map((result) => result.status === 'fulfilled' && result.value.ended);
    expect(new Set(ends)).toEqual(new Set(['closed, promoted']));
    console.log(`Crash matrix: ${results.length} cells of one way.`);
  });

  test('struck by a fault, and finished', async ({ expect }) => {
    const usual = await usualOf(struck.map(({ at }) => at.way));
    const results = await eachOf(struck, 4, ({ at, fault }) => strike(at, fault, usual));
    const nameAt = (place: number): string => {
      const one = struck[place];
      return `${one?.at.title ?? ''}: ${one?.fault.title ?? ''}`;
    };
    expect(brokenOf(results, nameAt)).toEqual([]);
    expect(new Set(struck.map(({ at }) => at.title)).size).toBe(Object.keys(oneOf).length + 2);
    console.log(`Fault matrix: ${results.length} cells of ten steps.`);
  });
});

/** Which cells are broken, and why. */
const brokenOf = (
  results: readonly PromiseSettledResult<unknown>[],
  nameAt: (place: number) => string,
): readonly string[] =>
  results.flatMap((result, place) =>
    result.status === 'rejected' ? [`${nameAt(place)}: ${String(result.reason)}`] : [],
  );
