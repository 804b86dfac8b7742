import type { EventType } from '../../shared/ceremony/events.ts';
import { eachOf, type Cell } from './cell.ts';
import { crash, deathsOf, playPlainly, recoveryOf, type Plain } from './crash.ts';
import type { KilledWay, Matrix } from './document.ts';
import type { KeptCells } from './kept-cells.ts';
import type { Program } from './life.ts';
import { eventTypes, moments, wayNames, type Death, type WayName } from './messages.ts';
import { places, type Place } from './places.ts';
import { practiceFaults } from './practice-faults.ts';
import { strike, usualItems, type Usual } from './strike.ts';
import { ways } from './ways.ts';

/** Every cell there is. Throws once all were tried, where one is missing. */
export async function wholeMatrix(program: Program, kept: KeptCells): Promise<Matrix> {
  const plains: Plain[] = [];
  for (const way of wayNames) plains.push(await playPlainly(program, way));
  const usual = await usualOf(places.map(({ way }) => way));
  const broken: unknown[] = [];
  const tried = async <T>(part: Promise<T>): Promise<T[]> =>
    part.then(
      (whole) => [whole],
      (thrown: unknown) => {
        broken.push(thrown);
        return [];
      },
    );
  const killed: KilledWay[] = [];
  const disk: Matrix['disk'][number][] = [];
  const struck: Matrix['struck'][number][] = [];
  const kills = async (): Promise<void> => {
    disk.push(...(await tried(timed('disk', diskPart(program, plains, kept)))).flat());
    for (const plain of plains)
      killed.push(...(await tried(timed(plain.way, killedWay(program, plain, kept)))));
  };
  const strikes = async (): Promise<void> => {
    for (const at of places)
      struck.push(...(await tried(timed(at.title, struckPart(at, usual, kept)))));
  };
  // One keeps the processor of this process busy, the other those of its children.
  await Promise.all([kills(), strikes()]);
  if (broken.length > 0) throw new Error(broken.map(String).join('\n'));
  const cut = new Set(plains.flatMap(({ events }) => events.map(({ type }) => type)));
  const others = eventTypes
    .filter((type) => !cut.has(type))
    .map((type) => ({ type, by: leftBy(type, killed, struck) }));
  return { killed, disk, struck, others };
}

// Most of a cell is waiting.
const childrenAtOnce = 6;
const faultsAtOnce = 14;

/** How long each part takes is printed, for whoever wants it quicker. */
async function timed<T>(part: string, work: Promise<T>): Promise<T> {
  const began = Date.now();
  return work.finally(() => console.log(`${part}: ${Math.round((Date.now() - began) / 1000)} s`));
}

async function killedWay(program: Program, plain: Plain, kept: KeptCells): Promise<KilledWay> {
  const deaths = deathsOf(plain);
  const cells = await cellsOf(deaths, childrenAtOnce, kept, `killed: ${plain.way}`, nameOf, (one) =>
    crash(program, plain, one),
  );
  const cellAt = (wanted: string): Cell => need(cells.get(wanted), wanted);
  const events = [
    ...new Set(deaths.flatMap((one) => (one.at === 'event' ? [`${one.type} ${one.nth}`] : []))),
  ];
  return {
    way: plain.way,
    rows: events.map((event) => ({
      event,
      cells: new Map(moments.map((moment) => [moment, cellAt(`${event} ${moment}`)] as const)),
    })),
    replies: plain.replies.map((one) => ({ call: nameOf(one), cell: cellAt(nameOf(one)) })),
  };
}

/**
 * Each act on a file that is no writing of an event: those of the way with the fewest events, then of the
 * others what it has not; and what a restart does, with a torn line and without.
 */
async function diskPart(
  program: Program,
  plains: readonly Plain[],
  kept: KeptCells,
): Promise<Matrix['disk']> {
  const plain = need(
    plains.find(({ way }) => way === 'batch'),
    'batch',
  );
  const torn: Death = { at: 'event', type: 'fencing.stated', nth: 1, moment: 'half-written' };
  const known = new Set(plain.disk);
  const recovering = numbered(await recoveryOf(program, plain.way, torn));
  const lines: readonly DiskLine[] = [
    ...actsOf(plain).map((one): DiskLine => [nameOf(one), plain, [one]]),
    ...plains.flatMap((other) =>
      actsOf(other)
        .filter(({ what }) => !known.has(what))
        .map((one): DiskLine => [`${nameOf(one)} (${ways[other.way].title})`, other, [one]]),
    ),
    ...recovering.map((one): DiskLine => [`after a torn line: ${nameOf(one)}`, plain, [torn, one]]),
  ];
  const cells = await cellsOf(
    lines,
    childrenAtOnce,
    kept,
    'disk',
    ([what]) => what,
    ([, of, deaths]) => crash(program, of, ...deaths),
  );
  return lines.map(([what]) => ({ what, cell: need(cells.get(what), what) }));
}

type DiskLine = readonly [string, Plain, readonly [Death, ...Death[]]];

/** All but the writing and syncing of events, which are cut as events. */
const actsOf = ({ disk }: Plain): readonly Extract<Death, { at: 'disk' }>[] => {
  const begun = disk.indexOf('write to the journal');
  return numbered(disk).filter(
    ({ what }, place) =>
      what !== 'write to the journal' && (what !== 'fsync of the journal' || place < begun),
  );
};

const numbered = (acts: readonly string[]): readonly Extract<Death, { at: 'disk' }>[] =>
  acts.map((what, place) => ({
    at: 'disk',
    what,
    nth: acts.slice(0, place + 1).filter((other) => other === what).length,
  }));

async function struckPart(
  at: Place,
  usual: Usual,
  kept: KeptCells,
): Promise<Matrix['struck'][number]> {
  const cells = await cellsOf(
    practiceFaults,
    faultsAtOnce,
    kept,
    `fault: ${at.title}`,
    ({ title }) => title,
    (fault) => strike(at, fault, usual),
  );
  const rows = practiceFaults.map(({ title }) => ({
    fault: title,
    cell: need(cells.get(title), title),
  }));
  return { place: at.title, rows };
}

/** What is open at the end of each of these ways where nothing happens. */
export async function usualOf(of: readonly WayName[]): Promise<Usual> {
  const usual: Partial<Record<WayName, readonly string[]>> = {};
  await Promise.all([...new Set(of)].map(async (way) => (usual[way] = await usualItems(way))));
  return usual;
}

/** Tries every cell, then throws where one is broken: a run of the whole takes long. */
export async function cellsOf<T>(
  items: readonly T[],
  atOnce: number,
  kept: KeptCells,
  part: string,
  name: (item: T) => string,
  cell: (item: T) => Promise<Cell>,
): Promise<ReadonlyMap<string, Cell>> {
  const cells = new Map<string, Cell>();
  const broken: string[] = [];
  const results = await eachOf(items, atOnce, async (item) => {
    cells.set(name(item), await kept.cell(part, name(item), () => cell(item)));
  });
  for (const [place, result] of results.entries()) {
    const item = items[place];
    if (result.status === 'rejected' && item !== undefined)
      broken.push(`${part}, ${name(item)}: ${String(result.reason)}`);
  }
  if (broken.length > 0)
    throw new Error(`${broken.length} cells are broken.\n${broken.join('\n')}`);
  return cells;
}

/** As the document calls it. */
export function nameOf(death: Death): string {
  switch (death.at) {
    case 'event':
      return `${death.type} ${death.nth} ${death.moment}`;
    case 'reply':
      return `${death.call} ${death.nth}`;
    case 'disk':
      return `${death.what} ${death.nth}`;
  }
}

function leftBy(type: EventType, killed: readonly KilledWay[], struck: Matrix['struck']): string {
  for (const { place, rows } of struck) {
    const row = rows.find(({ cell }) => cell.events.has(type));
    if (row) return `${place}: ${row.fault}`;
  }
  const has = ({ events }: Cell): boolean => events.has(type);
  const after = killed.some(({ rows, replies }) =>
    [...rows.flatMap(({ cells }) => [...cells.values()]), ...replies.map(({ cell }) => cell)].some(
      has,
    ),
  );
  return after ? 'a restart' : 'no cell: a choice or a kind of ceremony that is not in this matrix';
}

function need<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`There is no cell for ${what}.`);
  return value;
}
