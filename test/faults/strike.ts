import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Conductor } from '../../electron/ceremony/conductor.ts';
import type { RequestKind } from '../../electron/practice/request.ts';
import type { PracticeSite } from '../../electron/practice/site.ts';
import { openApp, profileId, type App } from './app.ts';
import { within, type Cell } from './cell.ts';
import type { Step } from './decide.ts';
import { faultsOf } from './promises.ts';
import { losses } from './losses.ts';
import type { WayName } from './messages.ts';
import { People } from './person.ts';
import type { Fault } from './practice-faults.ts';
import { changing } from './sends.ts';
import { factsOf, startSite, ways } from './ways.ts';

/** A step of a way at which a fault may strike. */
export interface Place {
  readonly title: string;
  readonly way: WayName;
  readonly step: Step;
  /** From 1; the how manyth time that this step is taken. */
  readonly nth: number;
  /** The call that the step is about: the aim of what can be aimed. */
  readonly call: RequestKind;
}

const place = (title: string, way: WayName, step: Step, call: RequestKind, nth = 1): Place => ({
  title,
  way,
  step,
  nth,
  call,
});

/** The steps whose calls cannot be taken back. One more is one more line here, and a run of the whole. */
export const places: readonly Place[] = [
  place('Start', 'ceremony-1', 'start', 'attempt-start'),
  place('The last share', 'ceremony-1', 'give-share', 'update', 3),
  place('Promote with a DR operation token', 'ceremony-1', 'promote', 'promote'),
];

/** The open items with which a way ends by itself. */
export type Usual = Readonly<Partial<Record<WayName, readonly string[]>>>;

/** The open items with which this way ends where nothing happens. */
export async function usualItems(way: WayName): Promise<readonly string[]> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'keyturn-faults-'));
  const site = await startSite(way, dataFolder);
  const app = openApp(dataFolder, factsOf(site));
  try {
    const conductor = await app.ceremonies.take(await app.ceremonies.begin(profileId));
    await peopleOf(way, app, site, conductor).play();
    return conductor.state.openItems;
  } finally {
    await app.ceremonies.close();
    await site.stop();
    await rm(dataFolder, { recursive: true, force: true });
  }
}

/**
 * One cell: the fault strikes right before the step, the step is taken, the app is started again with
 * the fault still there; then what can be mended is mended, and people go on to the end.
 */
export function strike(at: Place, fault: Fault, usual: Usual): Promise<Cell> {
  const track = { now: 'the site starts' };
  return within(120_000, struck(at, fault, usual, track), () => track.now);
}

async function struck(
  at: Place,
  fault: Fault,
  usual: Usual,
  track: { now: string },
): Promise<Cell> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'keyturn-faults-'));
  const site = await startSite(at.way, dataFolder);
  const target = {
    site,
    faults: site.faults,
    node: site.nodes[0] ?? site.primary,
    call: at.call,
    primaryAlive: ways[at.way].primaryAlive,
  };
  const apps: App[] = [];
  const open = (): App => {
    const app = openApp(dataFolder, factsOf(site));
    apps.push(app);
    return app;
  };
  try {
    const app = open();
    const id = await app.ceremonies.begin(profileId);
    const people = peopleOf(at.way, app, site, await app.ceremonies.take(id));
    await people.play(undefined, (step) => {
      track.now = `before the fault: ${step}`;
      return step === at.step && taken(people, step) + 1 === at.nth;
    });
    track.now = 'the step itself';
    await fault.strike(target);
    const { problem } = await people.take(at.step);
    const outcome = problem ? [problem.known] : stopsOf(people);
    track.now = 'closing';
    await app.ceremonies.close();

    const atRestart = site.requests.length;
    const again = open();
    const conductor = await again.ceremonies.take(id);
    track.now = 'taking it up';
    const sentence = await takenUp(conductor);
    const byItself = changing(site.requests.slice(atRestart));
    const state = conductor.state.phase;
    const before = conductor.records.length;

    await fault.mend?.(target);
    const others = peopleOf(at.way, again, site, conductor);
    await others.play(undefined, (step) => {
      track.now = `after the fault: ${step} in ${conductor.state.phase}`;
      return false;
    });
    const broken = [
      ...byItself.map((what) => `the resume sent ${what} by itself`),
      ...(await faultsOf(again, site, id)),
    ];
    if (broken.length > 0) throw new Error(broken.join('; '));
    const events = conductor.records.map(({ event }) => event);
    const later = others.taken.flatMap((one) => (one.problem ? [one.problem.known] : []));
    return {
      state,
      told: [...outcome, sentence, ...later].filter((text) => text !== ''),
      lost: losses(events, before, usual[at.way] ?? []),
      next: others.taken.find(({ step }) => step !== 'enter-token')?.step ?? '-',
      ended: ended(conductor),
      events: new Set(events.map(({ type }) => type)),
    };
  } finally {
    for (const app of apps) await app.ceremonies.close();
    await site.stop();
    await rm(dataFolder, { recursive: true, force: true });
  }
}

/** What stands on the screen after a step that was not refused. */
function stopsOf({ state }: People): readonly string[] {
  const findings = state.phase === 'preflight' ? (state.preflight?.findings ?? []) : [];
  const stops = findings.filter(({ level }) => level === 'stop').map(({ what }) => what);
  return stops.length > 0 ? stops : ['The step was taken.'];
}

const taken = (people: People, step: Step): number =>
  people.taken.filter((one) => one.step === step).length;

const ended = ({ state }: Conductor): string =>
  state.phase === 'ended' ? `${state.outcome}${state.promoted ? ', promoted' : ''}` : state.phase;

const peopleOf = (way: WayName, app: App, site: PracticeSite, conductor: Conductor): People =>
  new People(
    way,
    app,
    factsOf(site),
    async (what) =>
      what === 'open-door'
        ? site.faults.openDoor(['generate-operation-token'])
        : site.faults.closeDoor(),
    conductor,
  );

/** The sentence of the newest `resumed`, once it is on the record. */
async function takenUp({ records, state }: Conductor): Promise<string> {
  if (state.phase === 'ended') return '';
  const before = records.filter(({ event }) => event.type === 'resumed').length;
  for (;;) {
    const resumed = records.filter(({ event }) => event.type === 'resumed');
    const newest = resumed.at(-1)?.event;
    if (resumed.length > before && newest?.type === 'resumed') return newest.sentence;
    await delay(10);
  }
}
