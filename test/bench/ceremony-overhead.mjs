// A 3-of-5 ceremony through conductor, journal and keychain, from preflight to the decoded token,
// against the same HTTPS calls made bare: the same addresses, certificates and order, each on a
// connection of its own. The keychain's own time is told apart.
import { performance } from 'node:perf_hooks';
import { request } from 'node:https';
import { inTurn, line, load, median } from './measure.mjs';

export async function ceremonyOverhead({ n }) {
  const { CeremonyBench, OsKeychain } = await load('ceremony-overhead', [
    'test/fakes/ceremony-bench.ts',
    'electron/keychain/os-keychain.ts',
  ]);
  const keychain = timed(new OsKeychain({ dataFolder: '/nonexistent/keyturn-bench' }));
  const bench = await CeremonyBench.open({}, keychain);
  try {
    const { site } = bench;
    await site.faults.primaryDown();
    let calls = [];
    const subject = async () => {
      const before = site.requests.length;
      keychain.ms = 0;
      const started = performance.now();
      const { conductor } = await bench.opened();
      await conductor.prepare.preflight();
      await conductor.prepare.setRoster({ operator: 'Robin', holders: ['Ana', 'Ben', 'Chidi'] });
      await conductor.attempt.start();
      for (const at of [0, 1, 2]) await bench.give(conductor, at);
      await conductor.token.decode();
      const ms = performance.now() - started;
      if (conductor.state.phase !== 'decoded') throw new Error('The ceremony did not get there.');
      calls = site.requests.slice(before);
      const inKeychain = keychain.ms;
      await bench.restart();
      return { ms: ms - inKeychain, inKeychain };
    };
    await subject();
    const bare = async () => {
      const started = performance.now();
      await bareCeremony(site, calls);
      return performance.now() - started;
    };
    const runs = await inTurn(n, bare, subject);
    const of = (key) => median(runs.subject.map((run) => run[key]));
    return [
      line('ceremony-overhead', 'ms', {
        value: of('ms'),
        baseline: median(runs.baseline),
        n,
        calls: calls.length,
        target: 1.25,
      }),
      line('ceremony-keychain', 'ms', {
        value: of('inKeychain'),
        baseline: null,
        n,
        calls: keychain.calls / (n + 2),
      }),
    ];
  } finally {
    await bench.close();
  }
}

/** Preflight asks the nodes side by side, each in its own order; from the start on it is one by one. */
async function bareCeremony(site, calls) {
  const start = calls.findIndex(({ method }) => method !== 'GET');
  await Promise.all(
    [...byNode(calls.slice(0, start)).values()].map(async (list) => {
      for (const call of list) await bareCall(site, call);
    }),
  );
  let nonce;
  let shares = 0;
  for (const call of calls.slice(start)) {
    const body = call.path.endsWith('/update')
      ? { key: site.envelope(shares++).share.expose(), nonce }
      : call.method === 'GET'
        ? undefined
        : {};
    const reply = await bareCall(site, call, body);
    nonce = reply.data?.nonce ?? reply.nonce ?? nonce;
  }
}

function byNode(calls) {
  const found = new Map();
  for (const call of calls) found.set(call.node, [...(found.get(call.node) ?? []), call]);
  return found;
}

function bareCall(site, { node, method, path }, body) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      new URL(path, node),
      {
        method,
        agent: false,
        ca: site.caPem,
        cert: site.clientCertificate.certPem,
        key: site.clientCertificate.keyPem,
        headers: {
          'x-vault-request': 'true',
          ...(text === undefined ? {} : { 'content-type': 'application/json' }),
        },
      },
      (reply) => {
        let all = '';
        reply.setEncoding('utf8').on('data', (chunk) => (all += chunk));
        reply.once('end', () => resolve(all === '' ? {} : JSON.parse(all)));
      },
    );
    outgoing.once('error', reject);
    outgoing.end(text);
  });
}

/** The keychain, and how long it took. */
function timed(keychain) {
  const clocked = { backend: keychain.backend, ms: 0, calls: 0 };
  for (const name of ['probe', 'put', 'get', 'remove'])
    clocked[name] = async (...words) => {
      const started = performance.now();
      try {
        return await keychain[name](...words);
      } finally {
        clocked.ms += performance.now() - started;
        clocked.calls += 1;
      }
    };
  return clocked;
}
