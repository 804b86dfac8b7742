// Watching clusters with the poller of electron/topology, against bare polling: the same number of the
// same requests in the same time. The servers run in a process of their own, so that only the
// watcher's CPU is counted. In per cent of one core.
import { performance } from 'node:perf_hooks';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from '../../scripts/lib/paths.mjs';
import { inTurn, line, load, median, rounded } from './measure.mjs';

const windowMs = 2_000;
/** Each cluster is looked at about once a second: quicker than in use, so that a short look suffices. */
const limits = { pace: { calmMs: 1_000, slowestMs: 1_000, perNodeMs: 0 }, newsGapMs: 500 };

export async function watch({ n, sizes = [50, 200] }) {
  if (!existsSync(join(root, 'electron/topology/poller.ts')))
    throw new Error('this checkout has no electron/topology/poller.ts');
  const { Poller, Connection, profileSchema, TestAuthority } = await load('watch', [
    'electron/topology/poller.ts',
    'electron/vault/connection.ts',
    'shared/profile.ts',
    'test/fakes/tls.ts',
  ]);
  const authority = await TestAuthority.create();
  const identity = await authority.issue();
  const servers = await serve(Math.max(...sizes), identity);
  try {
    const results = [];
    for (const size of sizes) {
      const addresses = servers.ports.slice(0, size).map((port) => `https://127.0.0.1:${port}`);
      const profiles = new Map(
        addresses.map((address, at) => {
          const profile = profileSchema.parse({
            id: `site-${String(at).padStart(3, '0')}`,
            kind: 'real',
            name: `Site ${at}`,
            colour: 'teal',
            nodes: [address],
            primaryNodes: [],
            seal: 'shamir',
            tls: { caPem: authority.caPem },
          });
          return [profile.id, profile];
        }),
      );
      let perWindow = size * 2;
      const watched = async () => {
        const poller = new Poller({
          profile: (id) => profiles.get(id),
          connect: (id, how) => Connection.open(profiles.get(id), how),
          tell: () => undefined,
          limits,
        });
        poller.watch([...profiles.keys()].map((profileId) => ({ profileId, depth: 'short' })));
        await delay(1_500); // The first looks all come at once.
        const before = await servers.count();
        const share = await cpuShare(delay(windowMs));
        perWindow = (await servers.count()) - before;
        poller.stop();
        await delay(200);
        return { share, requests: perWindow };
      };
      const bare = () =>
        cpuShare(barePolling(addresses, authority.caPem, perWindow)).then((share) => ({ share }));
      const runs = await inTurn(n, bare, watched);
      const of = (who, key) => median(runs[who].map((run) => run[key]));
      results.push({
        size,
        value: of('subject', 'share'),
        baseline: of('baseline', 'share'),
        perRequest: of('subject', 'share') / of('subject', 'requests'),
      });
    }
    const lines = results.map(({ size, value, baseline }) =>
      line(`watch-${size}`, '% of one core', { value, baseline, n }),
    );
    const [few, many] = [results[0], results.at(-1)];
    // 1 where a request costs as much with many clusters as with few.
    return [
      ...lines,
      line('watch-growth', '% a request', { value: many.perRequest, baseline: few.perRequest, n }),
    ];
  } finally {
    await servers.stop();
  }
}

async function cpuShare(work) {
  const [cpu, started] = [process.cpuUsage(), performance.now()];
  await work;
  const { user, system } = process.cpuUsage(cpu);
  return rounded(((user + system) / 1000 / (performance.now() - started)) * 100);
}

/** Evenly over the window: status, and the two paths that the poller asks. */
async function barePolling(addresses, ca, count) {
  const paths = ['/v1/sys/health', '/v1/sys/replication/status'];
  const started = performance.now();
  const calls = [];
  for (let at = 0; at < count; at += 1) {
    const due = started + (at * windowMs) / count;
    if (due > performance.now()) await delay(due - performance.now());
    calls.push(get(new URL(paths[at % 2], addresses[(at >> 1) % addresses.length]), ca));
  }
  await Promise.all(calls);
}

const get = (url, ca) =>
  new Promise((resolve, reject) => {
    const outgoing = request(url, { ca, agent: false }, (reply) => {
      let text = '';
      reply.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      reply.once('end', () => resolve(JSON.parse(text)));
    });
    outgoing.once('error', reject);
    outgoing.end();
  });

async function serve(count, identity) {
  const child = fork(join(import.meta.dirname, 'watch-servers.mjs'), { execArgv: [] });
  child.send({ count, identity });
  const [{ ports }] = await once(child, 'message');
  return {
    ports,
    count: async () => {
      child.send('count');
      const [{ requests }] = await once(child, 'message');
      return requests;
    },
    stop: async () => {
      child.kill();
      await once(child, 'exit');
    },
  };
}
