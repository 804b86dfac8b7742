import { setTimeout as delay } from 'node:timers/promises';
import type { Conductor } from '../../electron/ceremony/conductor.ts';
import { kindOf } from '../../electron/practice/request.ts';
import type { PracticeSite } from '../../electron/practice/site.ts';
import type { RequestRecord } from '../../electron/practice/stage.ts';
import { openApp, profileId, type App } from './app.ts';
import { within, type Cell } from './cell.ts';
import { inDataFolder } from './data-folder.ts';
import type { Step } from './decide.ts';
import { faultsOf } from './promises.ts';
import { losses } from './losses.ts';
import type { WayName } from './messages.ts';
import { People } from './person.ts';
import { quiet, type Place } from './places.ts';
import type { Fault, Target } from './practice-faults.ts';
import { changing } from './sends.ts';
import { shown } from './shown.ts';
import { factsOf, startSite, ways } from './ways.ts';

/** The open items with which a way ends by itself. */
export type Usual = Readonly<Partial<Record<WayName, readonly string[]>>>;

/**
 * The open items with which this way ends where nothing happens. On the way it is seen that the quiet
 * steps ask no server anything.
 */
export async function usualItems(way: WayName): Promise<readonly string[]> {
  return inDataFolder(async (dataFolder) => {
    const site = await startSite(way, dataFolder);
    const app = openApp(dataFolder, factsOf(site));
    try {
      const conductor = await app.ceremonies.take(await app.ceremonies.begin(profileId));
      let before = 0;
      await peopleOf(way, app, site, conductor).play(
        ({ step }) => {
          const [asked] = site.requests.slice(before);
          if (quiet.includes(step) && asked)
            throw new Error(`${step} asks a server: ${asked.method} ${asked.path}`);
        },
        () => {
          before = site.requests.length;
          return false;
        },
      );
      return conductor.state.openItems;
    } finally {
      await app.ceremonies.close();
      await site.stop();
    }
  });
}

/**
 * One cell: the fault strikes right before the step, the step is taken, the app is started again with
 * the fault still there; then what can be mended is mended, and people go on to the end. A fault of
 * one call at a step that sends none is said as such, once the step has shown that it sends none.
 */
export function strike(at: Place, fault: Fault, usual: Usual): Promise<Cell> {
  const track = { now: 'the site starts' };
  const cell = inDataFolder((dataFolder) => struck(at, fault, usual, { dataFolder, track }));
  return within(300_000, cell, () => track.now);
}

async function struck(
  at: Place,
  fault: Fault,
  usual: Usual,
  { dataFolder, track }: { readonly dataFolder: string; readonly track: { now: string } },
): Promise<Cell> {
  const site = await startSite(at.way, dataFolder);
  const target: Target = {
    site,
    faults: site.faults,
    node: at.cluster === 'primary' ? site.primary : (site.nodes[0] ?? site.primary),
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
    const first = await app.ceremonies.take(id);
    const people = peopleOf(at.way, app, site, first);
    const { lead } = at;
    if (lead) {
      await people.play(undefined, (step) => step === lead.step);
      await lead.strike(target);
    }
    await people.play(undefined, (step) => {
      track.now = `before the fault: ${step}`;
      return step === at.step && taken(people, step) + 1 === at.nth;
    });
    if (people.next !== at.step) throw new Error('The step was not reached.');
    track.now = 'the step itself';
    const atStep = site.requests.length;
    const atStepEvents = first.records.length;
    await set(fault, at, target);
    const { problem } = await people.take(at.step);
    const outcome = problem ? [problem.known] : shown(first, atStepEvents);
    const phase = people.state.phase;
    track.now = 'closing';
    await app.ceremonies.close();
    if (!met(fault, at, target, site.requests.slice(atStep))) return notMet(phase);

    const atRestart = site.requests.length;
    const again = open();
    const conductor = await again.ceremonies.take(id);
    track.now = 'taking it up';
    const sentence = await takenUp(conductor);
    const byItself = changing(site.requests.slice(atRestart));
    const state = conductor.state.phase;
    const before = conductor.records.length;

    if (fault.meets === 'a state') await fault.mend?.(target);
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
  }
}

async function set(fault: Fault, { call: kind }: Place, target: Target): Promise<void> {
  if (fault.meets === 'a state') await fault.strike(target);
  else if (kind !== undefined) await fault.strike(target.faults, { kind, node: target.node });
}

/**
 * Whether a fault met its step; a state is there whoever asks. Throws where the step did not send
 * what its place says.
 */
function met(
  fault: Fault,
  { call }: Place,
  { node }: Target,
  requests: readonly RequestRecord[],
): boolean {
  if (fault.meets === 'a state') return true;
  if (call === undefined) {
    const [first] = requests;
    if (first) throw new Error(`The step was to send nothing, and sent ${first.path}.`);
    return false;
  }
  if (requests.some((one) => one.node === node && kindOf(one.method, one.path) === call))
    return true;
  throw new Error(`The step did not send ${call} to the node that the fault waited at.`);
}

const notMet = (state: string): Cell => ({
  state,
  told: ['It cannot meet this step: nothing is sent to a server.'],
  lost: [],
  next: 'not played on',
  ended: 'not played on',
  events: new Set(),
});

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
