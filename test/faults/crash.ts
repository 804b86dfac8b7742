import type { PracticeSite } from '../../electron/practice/site.ts';
import type { CeremonyEvent } from '../../shared/ceremony/events.ts';
import type { CeremonyId } from '../../shared/ids.ts';
import { openApp, type App } from './app.ts';
import type { Cell } from './cell.ts';
import { inDataFolder } from './data-folder.ts';
import { live, type Life, type Program } from './life.ts';
import { losses } from './losses.ts';
import { moments, type Death, type WayName } from './messages.ts';
import { openItemsOf } from './open-items.ts';
import { faultsOf } from './promises.ts';
import { changing } from './sends.ts';
import { factsOf, startSite } from './ways.ts';

/** A way played once without trouble: where it can be cut. */
export interface Plain {
  readonly way: WayName;
  readonly events: readonly CeremonyEvent[];
  readonly disk: readonly string[];
  /** The calls that change a server, each with its number. */
  readonly replies: readonly Extract<Death, { at: 'reply' }>[];
  readonly openItems: readonly string[];
}

export async function playPlainly(program: Program, way: WayName): Promise<Plain> {
  return onFreshSite(way, async (site, dataFolder) => {
    const life = await live(program, ordersFor(way, dataFolder, site), aroundOf(site));
    const { events } = await recordOf(openApp(dataFolder, factsOf(site)));
    if (life.ended !== 'closed, promoted' || life.troubles.length > 0)
      throw new Error(`${way} does not end well by itself: ${JSON.stringify(life.troubles)}`);
    return {
      way,
      events,
      disk: life.disk,
      replies: repliesOf(events),
      openItems: openItemsOf(events),
    };
  });
}

/**
 * Every event boundary of a way, at each moment of its writing. How often a watch reads before the
 * cluster is back is not the same in two runs: of its readings the first three count, one a node.
 */
export function deathsOf({ events, replies }: Plain): readonly Death[] {
  const counts = new Map<CeremonyEvent['type'], number>();
  const deaths: Death[] = [];
  for (const { type } of events) {
    const nth = (counts.get(type) ?? 0) + 1;
    counts.set(type, nth);
    if (type === 'watch.observed' && nth > 3) continue;
    for (const moment of moments) deaths.push({ at: 'event', type, nth, moment });
  }
  return [...deaths, ...replies];
}

function repliesOf(events: readonly CeremonyEvent[]): Plain['replies'] {
  const counts = new Map<string, number>();
  return events.flatMap((event) => {
    const call = callOf(event);
    if (!call) return [];
    const nth = (counts.get(call) ?? 0) + 1;
    counts.set(call, nth);
    return [{ at: 'reply', call, nth } as const];
  });
}

function callOf(event: CeremonyEvent): Extract<Death, { at: 'reply' }>['call'] | undefined {
  switch (event.type) {
    case 'attempt.start.intended':
      return '/attempt';
    case 'share.intended':
      return '/update';
    case 'promote.intended':
      return '/promote';
    case 'token.delete.intended':
      return '/operation-token/delete';
    case 'primary.demote.intended':
      return '/demote';
    case 'after.call.intended':
      return event.call === 'activate' ? '/secondary-token' : '/update-primary';
    default:
      return undefined;
  }
}

/**
 * One cell: killed there, or several times in a row, taken up again, played to its end. Throws where a
 * promise is broken.
 */
export async function crash(
  program: Program,
  plain: Plain,
  ...deaths: readonly [Death, ...Death[]]
): Promise<Cell> {
  const { way } = plain;
  return onFreshSite(way, async (site, dataFolder) => {
    const around = aroundOf(site);
    const orders = ordersFor(way, dataFolder, site);
    let enteredBefore = false;
    for (const death of deaths) {
      const life = await live(program, { ...orders, death }, around);
      if (!life.killed) throw new Error('It was not reached.');
      enteredBefore ||= life.steps.includes('enter-token');
    }
    const atDeath = site.requests.length;
    let byItself: readonly string[] = [];
    const last = await live(program, orders, {
      ...around,
      takenUp: () => (byItself = changing(site.requests.slice(atDeath))),
    });
    const app = openApp(dataFolder, factsOf(site));
    const { id, events } = await recordOf(app);
    const broken = [
      ...byItself.map((what) => `the resume sent ${what} by itself`),
      ...(await faultsOf(app, site, id)),
    ];
    if (broken.length > 0) throw new Error(broken.join('; '));
    return cellOf(plain, last, events, enteredBefore);
  });
}

/** What is done on the disk after a kill, before the first event is written again. */
export async function recoveryOf(
  program: Program,
  way: WayName,
  death: Death,
): Promise<readonly string[]> {
  return onFreshSite(way, async (site, dataFolder) => {
    const orders = ordersFor(way, dataFolder, site);
    await live(program, { ...orders, death }, aroundOf(site));
    const { disk } = await live(program, orders, aroundOf(site));
    return disk.slice(0, disk.indexOf('write to the journal'));
  });
}

function cellOf(
  plain: Plain,
  last: Life,
  events: readonly CeremonyEvent[],
  enteredBefore: boolean,
): Cell {
  const resumed = events.findLastIndex(({ type }) => type === 'resumed');
  const lost = losses(events, Math.max(resumed, 0), plain.openItems);
  const tokenAgain = enteredBefore && last.steps.includes('enter-token');
  return {
    state: last.report?.state ?? '-',
    told: [last.report?.told ?? '', ...last.troubles.map(({ problem }) => problem.known)].filter(
      (text) => text !== '',
    ),
    lost: [...(tokenAgain ? ['the Vault token in memory: it is entered again'] : []), ...lost],
    next: last.steps.find((step) => step !== 'enter-token') ?? '-',
    ended: last.ended ?? '-',
    events: new Set(events.map(({ type }) => type)),
  };
}

async function recordOf(
  app: App,
): Promise<{ readonly id: CeremonyId; readonly events: readonly CeremonyEvent[] }> {
  const listed = await app.ceremonies.list();
  const line = listed.find(({ kind }) => kind === 'readable');
  if (line?.kind !== 'readable') throw new Error('There is no record.');
  const events = (await app.ceremonies.entries(line.id)).map(({ event }) => event);
  return { id: line.id, events };
}

async function onFreshSite<T>(
  way: WayName,
  work: (site: PracticeSite, dataFolder: string) => Promise<T>,
): Promise<T> {
  return inDataFolder(async (dataFolder) => {
    const site = await startSite(way, dataFolder);
    return work(site, dataFolder).finally(() => site.stop());
  });
}

const ordersFor = (way: WayName, dataFolder: string, site: PracticeSite) => ({
  way,
  dataFolder,
  site: factsOf(site),
});

const aroundOf = (site: PracticeSite) => ({
  administrator: (what: 'open-door' | 'close-door') =>
    what === 'open-door'
      ? site.faults.openDoor(['generate-operation-token'])
      : site.faults.closeDoor(),
});
