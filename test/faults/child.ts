// First: what is done on the disk is heard by whatever is loaded after it.
import './disk-acts.ts';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { lockDataFolder } from '../../electron/transcript/folder-lock.ts';
import { problemOf } from '../../shared/problem.ts';
import { openApp, profileId, type App } from './app.ts';
import { arrange } from './death.ts';
import { ordersSchema, type Report, type Said } from './messages.ts';
import { People } from './person.ts';
import type { CeremonyId } from '../../shared/ids.ts';

/*
 * One life of the app, without a window: takes up the ceremony that is there, or opens one, and the
 * people play it to its end. It may be told when to die.
 */
const say = (said: Said): void => void process.send?.(said);
const answer = (): Promise<unknown> => once(process, 'message');

const [first] = await answerOf();
const orders = ordersSchema.parse(first);
await arrange(orders.death, orders.dataFolder, (what) => say({ say: 'disk', what }));
const lock = await lockDataFolder(orders.dataFolder);
const app = openApp(orders.dataFolder, orders.site);
// As `startApp` does once its window is there.
await app.ceremonies.sweep();

const id = (await takeUp(app)) ?? (await app.ceremonies.begin(profileId));
const people = new People(
  orders.way,
  app,
  orders.site,
  async (what) => {
    say({ say: 'ask', what });
    await answer();
  },
  await app.ceremonies.take(id),
);
await people.play(
  ({ step, problem }) => (problem ? say({ say: 'trouble', step, problem }) : undefined),
  (step) => {
    say({ say: 'step', step });
    return false;
  },
);
const { state } = people;
say({
  say: 'over',
  ended:
    state.phase === 'ended' ? `${state.outcome}${state.promoted ? ', promoted' : ''}` : state.phase,
});
await app.ceremonies.close();
await lock.release();
process.disconnect();

async function answerOf(): Promise<readonly unknown[]> {
  return once(process, 'message');
}

/** The ceremony that Home lists, compared with the servers; what that showed is told to the parent. */
async function takeUp({ ceremonies }: App): Promise<CeremonyId | undefined> {
  const [listed] = await ceremonies.list();
  if (!listed) return reported({ state: 'no ceremony', told: '', events: 0 });
  if (listed.kind === 'unreadable')
    return reported({ state: 'unreadable', told: listed.reason, events: 0 });
  const conductor = await ceremonies.take(listed.id).catch((thrown: unknown) => problemOf(thrown));
  if ('known' in conductor)
    return reported({ state: 'cannot be opened', told: conductor.known, events: 0 });
  const before = conductor.records.filter(({ event }) => event.type === 'resumed').length;
  for (;;) {
    const { state, records } = conductor;
    const resumed = records.filter(({ event }) => event.type === 'resumed');
    const newest = resumed.at(-1)?.event;
    const told = newest?.type === 'resumed' && resumed.length > before ? newest.sentence : '';
    if (told !== '' || state.phase === 'ended') {
      await reported({ state: state.phase, told, events: records.length });
      return listed.id;
    }
    await delay(10);
  }
}

async function reported(report: Report): Promise<undefined> {
  say({ say: 'taken-up', report });
  await answer();
}
