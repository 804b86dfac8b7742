import { afterEach, beforeAll, expect, test } from 'vitest';
import { PracticeSite } from '../../electron/practice/site.ts';
import { Poller, type PollerLimits } from '../../electron/topology/poller.ts';
import { Connection } from '../../electron/vault/connection.ts';
import { profileIdSchema, type NodeAddress, type ProfileId } from '../../shared/ids.ts';
import { profileSchema, type Profile } from '../../shared/profile.ts';
import { linkOf } from '../../shared/topology/link.ts';
import { nodeState, readingsOf } from '../../shared/topology/node-state.ts';
import type { NodeReading, SiteReading } from '../../shared/topology/reading.ts';
import { siteOf } from '../../shared/topology/site.ts';
import { siteState } from '../../shared/topology/site-state.ts';
import { eventually } from '../fakes/eventually.ts';
import { json, listen, type Answer, type Listening } from '../fakes/https.ts';
import { TestAuthority, type Identity } from '../fakes/tls.ts';

/** Quick enough that a second look comes within the test. */
const quick: Partial<PollerLimits> = {
  pace: { calmMs: 30, slowestMs: 200, perNodeMs: 0 },
  patienceMs: 3_000,
  newsGapMs: 50,
};
const healthy = {
  initialized: true,
  sealed: false,
  standby: false,
  replication_dr_mode: 'primary',
};
const answers: Answer = (_, response) => json(response, 299, healthy);

let authority: TestAuthority;
let identity: Identity;
const cleanUps: (() => Promise<void> | void)[] = [];
beforeAll(async () => {
  authority = await TestAuthority.create();
  identity = await authority.issue();
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function serve(answer: Answer = answers): Promise<Listening> {
  const server = await listen(identity, answer);
  cleanUps.push(server.close);
  return server;
}

const idOf = (n: number): ProfileId => profileIdSchema.parse(`site-${String(n).padStart(3, '0')}`);
const profileOf = (
  n: number,
  nodes: readonly NodeAddress[],
  more: Partial<Profile> = {},
): Profile =>
  profileSchema.parse({
    id: idOf(n),
    kind: 'real',
    name: `Site ${n}`,
    colour: 'teal',
    nodes,
    primaryNodes: [],
    seal: 'shamir',
    tls: { caPem: authority.caPem },
    ...more,
  });

/** A poller over these profiles, and everything it told. */
function pollerOf(
  profiles: readonly Profile[],
  limits: Partial<PollerLimits> = quick,
  clientCertificate?: Identity,
) {
  const told: (readonly SiteReading[])[] = [];
  const times: number[] = [];
  const profile = (id: ProfileId): Profile => {
    const found = profiles.find((one) => one.id === id);
    if (!found) throw new Error('a profile that the test did not make');
    return found;
  };
  const poller = new Poller({
    profile,
    connect: (id, how) =>
      Connection.open(profile(id), { ...how, ...(clientCertificate ? { clientCertificate } : {}) }),
    tell: (sites) => {
      times.push(performance.now());
      told.push(sites);
    },
    limits,
  });
  cleanUps.push(() => poller.stop());
  const reading = (n: number, node: NodeAddress): NodeReading | undefined =>
    readingsOf(poller.reading(idOf(n))).get(node);
  return { poller, told, times, reading };
}

const full = (n: number) => ({ profileId: idOf(n), depth: 'full' }) as const;
const short = (n: number) => ({ profileId: idOf(n), depth: 'short' }) as const;

test('nobody is contacted before a site is watched, and nobody after', async () => {
  const server = await serve();
  const { poller, told, reading } = pollerOf([profileOf(1, [server.address])]);
  poller.lookNow([idOf(1)]);
  expect(poller.reading(idOf(1)).nodes).toEqual([]);
  poller.watch([]);
  expect(server.connections()).toBe(0);

  poller.watch([short(1)]);
  await eventually(() => expect(server.seen.length).toBeGreaterThan(5));
  expect(reading(1, server.address)?.state).toBe('answers');
  poller.stop();
  const [heard, seen] = [told.length, server.connections()];
  // Another site is watched meanwhile: when it was looked at twice, the first had its chance too.
  const other = await serve();
  const second = pollerOf([profileOf(2, [other.address])]);
  second.poller.watch([short(2)]);
  await eventually(() => expect(other.seen.length).toBeGreaterThan(8));
  expect(server.connections()).toBe(seen);
  expect(told.length).toBe(heard);
});

test('the whole practice site: modes, seal, leader, WALs and the link; then its primary goes', async () => {
  const site = await PracticeSite.start({ outageMs: 1_000 });
  cleanUps.push(() => site.stop());
  const profile = profileOf(1, site.nodes, {
    primaryNodes: [site.primary],
    tls: { caPem: site.caPem },
  });
  const { poller } = pollerOf([profile], quick, site.clientCertificate);
  const tree = siteOf(profile);
  const [dr] = tree.followers;
  if (!dr) throw new Error('the tree has no DR secondary');
  const link = () => linkOf(tree, dr, readingsOf(poller.reading(idOf(1))));

  poller.watch([full(1)]);
  await eventually(() => expect(poller.reading(idOf(1)).nodes).toHaveLength(4));
  const readings = readingsOf(poller.reading(idOf(1)));
  expect([...site.nodes].map((node) => nodeState(readings.get(node)).word)).toEqual([
    'Active',
    'Standby',
    'Standby',
  ]);
  expect(siteState(tree, readings)).toMatchObject({ level: 'ok', answering: 4, of: 4 });
  expect(link()).toMatchObject({
    kind: 'dr',
    word: 'Streaming',
    state: 'stream-wals',
    connection: 'ready',
    lag: { known: true, writes: 0 },
  });
  const [first] = site.nodes;
  const leading = first && readings.get(first);
  expect(leading?.state === 'answers' && leading.facts).toMatchObject({
    drMode: 'secondary',
    seal: { type: 'shamir', threshold: 3, shares: 5 },
    unanswered: [],
  });

  await site.faults.primaryDown();
  await eventually(() => {
    const gone = readingsOf(poller.reading(idOf(1))).get(site.primary);
    expect(nodeState(gone)).toEqual({ level: 'unknown', word: 'Not visible from here' });
    expect(gone?.state === 'silent' && gone.last?.dr?.lastShippedWal).toBeGreaterThan(0);
    expect(link().lag.known).toBe(false);
  });
  const since = () => {
    const gone = readingsOf(poller.reading(idOf(1))).get(site.primary);
    return gone?.state === 'silent' ? gone : undefined;
  };
  const before = since();
  await eventually(() => expect(since()?.triedAt).not.toBe(before?.triedAt));
  expect(since()?.since).toBe(before?.since);

  await site.faults.primaryUp();
  poller.lookNow([idOf(1)]);
  await eventually(() =>
    expect(nodeState(readingsOf(poller.reading(idOf(1))).get(site.primary)).word).toBe('Active'),
  );
});

test('nodes that hang hold up none that answer', async () => {
  const hanging = await serve(() => undefined);
  const [one, two] = [await serve(), await serve()];
  const hung = Array.from({ length: 6 }, (_, n) => profileOf(n + 10, [hanging.address]));
  const { poller, reading } = pollerOf(
    [...hung, profileOf(1, [one.address]), profileOf(2, [two.address])],
    // Whoever hangs keeps its slot to the end of the test.
    { ...quick, patienceMs: 600_000, atOnce: 4, forAnswering: 2 },
  );
  poller.watch([short(1), short(2)]);
  await eventually(() => expect(reading(2, two.address)?.state).toBe('answers'));
  await eventually(() => expect(reading(1, one.address)?.state).toBe('answers'));

  poller.watch([...hung.map((_, n) => short(n + 10)), short(1), short(2)]);
  // Two slots hang now; those that answer go round and round in the other two.
  await eventually(() => expect(hanging.connections()).toBe(2));
  const before = one.seen.length;
  await eventually(() => expect(one.seen.length).toBeGreaterThan(before + 10));
  expect(hanging.connections()).toBe(2);
});

test('a stop cuts off the calls under way and says nothing of them', async () => {
  const hanging = await serve(() => undefined);
  const { poller, told } = pollerOf([profileOf(1, [hanging.address])]);
  poller.watch([short(1)]);
  await eventually(() => expect(hanging.seen.length).toBe(1));
  poller.watch([]);
  const again = pollerOf([profileOf(1, [hanging.address])]);
  again.poller.watch([short(1)]);
  await eventually(() => expect(hanging.seen.length).toBe(2));
  expect(told).toEqual([]);
  expect(poller.reading(idOf(1)).nodes).toEqual([]);
});

test('200 sites: each is seen, few are asked at once, and the news comes in batches', async () => {
  let [inside, most] = [0, 0];
  const slowly: Answer = (seen, response) => {
    inside += 1;
    most = Math.max(most, inside);
    setTimeout(() => {
      inside -= 1;
      answers(seen, response, response.req);
    }, 5);
  };
  const servers = await Promise.all(Array.from({ length: 10 }, () => serve(slowly)));
  const profiles = Array.from({ length: 200 }, (_, n) => {
    const server = servers[n % servers.length];
    return profileOf(n, server ? [server.address] : []);
  });
  const { poller, told, times } = pollerOf(profiles, {
    atOnce: 12,
    forAnswering: 4,
    newsGapMs: 100,
  });
  poller.watch(profiles.map((_, n) => short(n)));
  await eventually(() =>
    expect(new Set(told.flat().map(({ profileId }) => profileId)).size).toBe(200),
  );
  expect(profiles.every((_, n) => poller.reading(idOf(n)).nodes.length === 1)).toBe(true);
  expect(most).toBeLessThanOrEqual(12);
  // The gap is a least one: a slow machine only makes it longer. Timers may come a millisecond early.
  expect(times.slice(1).every((at, n) => at - (times[n] ?? 0) >= 98)).toBe(true);
  expect(told.length).toBeLessThan(100);
});

test('a profile that cannot be used says so, and is tried again when asked', async () => {
  const server = await serve();
  const broken = profileOf(1, [server.address], { tls: { clientCertFile: '/nowhere/cert.pem' } });
  const { poller, told } = pollerOf([broken]);
  poller.watch([short(1)]);
  await eventually(() => expect(told.at(-1)?.[0]?.problem?.code).toBe('profile.invalid'));
  expect(siteState(siteOf(broken), new Map(), told.at(-1)?.[0]?.problem).word).toBe(
    'Cannot be asked',
  );
  const heard = told.length;
  poller.lookNow([idOf(1)]);
  await eventually(() => expect(told.length).toBeGreaterThan(heard));
  expect(server.connections()).toBe(0);
});

test('nothing is looked at while the screen is locked', async () => {
  const server = await serve();
  const { poller, reading } = pollerOf([profileOf(1, [server.address])]);
  poller.pause();
  poller.watch([short(1)]);
  poller.lookNow([idOf(1)]);
  const other = await serve();
  const second = pollerOf([profileOf(2, [other.address])]);
  second.poller.watch([short(2)]);
  await eventually(() => expect(other.seen.length).toBeGreaterThan(3));
  expect(server.connections()).toBe(0);
  poller.resume();
  await eventually(() => expect(reading(1, server.address)?.state).toBe('answers'));
});

let elsewhere: TestAuthority;
beforeAll(async () => {
  elsewhere = await TestAuthority.create('CN=Another CA');
});

test('each cluster by its own certificates; one that cannot be used closes that cluster only', async () => {
  const [own, primary, neighbour] = await Promise.all([
    serve(),
    listen(await elsewhere.issue(), answers),
    listen(await elsewhere.issue(), answers),
  ]);
  cleanUps.push(primary.close, neighbour.close);
  const others: Profile['others'] = [
    {
      name: 'Oslo',
      colour: 'blue',
      role: 'performance-secondary',
      nodes: [neighbour.address],
      tls: { clientCertFile: '/nowhere/cert.pem', clientKeyFile: '/nowhere/key.pem' },
    },
  ];
  const more = { primaryNodes: [primary.address], others };
  const trusting = { ...more, primaryTls: { caPem: elsewhere.caPem } };
  const { poller, reading } = pollerOf([
    profileOf(1, [own.address], trusting),
    profileOf(2, [own.address], more),
  ]);
  poller.watch([short(1), short(2)]);
  await eventually(() => {
    for (const n of [1, 2]) expect(poller.reading(idOf(n)).nodes).toHaveLength(3);
  });
  expect(reading(1, own.address)?.state).toBe('answers');
  expect(reading(1, primary.address)?.state).toBe('answers');
  // Without its own CA the primary is judged by the DR secondary's, as before.
  expect(nodeState(reading(2, primary.address)).word).toBe('Certificate not accepted');
  expect(nodeState(reading(1, neighbour.address)).word).toBe('Cannot be asked');
  expect(neighbour.connections()).toBe(0);
});
