// From the server's first healthy answer after a promotion to the event that every screen is pushed
// (on disk by then). The window's own drawing is not in it.
import { line, load, median, rounded } from './measure.mjs';

export async function promoteDetect({ n }) {
  const { CeremonyBench, confirmation, MemoryKeychain } = await load('promote-detect', [
    'test/fakes/ceremony-bench.ts',
    'electron/keychain/memory-keychain.ts',
  ]);
  const times = [];
  for (let run = -1; run < n; run += 1) {
    const keychain = new MemoryKeychain({ acceptsThatACrashEndsTheCeremony: true });
    const bench = await CeremonyBench.open({ outageMs: 1_000 }, keychain);
    try {
      const { conductor } = await bench.fenced();
      let told;
      const toldOnce = new Promise(
        (resolve) =>
          (bench.onEvent = (event) => {
            if (event.type === 'promoted') resolve((told = Date.now()));
          }),
      );
      await conductor.promote(confirmation);
      await toldOnce;
      const healthy = firstHealthy(bench.site.requests);
      if (run >= 0) times.push(told - Date.parse(healthy.at));
    } finally {
      await bench.close();
    }
  }
  times.sort((a, b) => a - b);
  const p99 = times[Math.min(times.length - 1, Math.ceil(times.length * 0.99) - 1)];
  return [
    line('promote-detect', 'ms', {
      value: p99,
      baseline: null,
      n,
      median: rounded(median(times)),
      percentile: 99,
      target: 300,
    }),
  ];
}

/** After promote each node answers `sys/health` for a while and nothing else; then it answers all. */
function firstHealthy(requests) {
  const promoted = requests.findIndex(({ path }) => path.endsWith('/promote'));
  const whole = requests.findIndex(
    ({ path, status }, at) => at > promoted && path.endsWith('dr/status') && status === 200,
  );
  const { node } = requests[whole];
  return requests
    .slice(0, whole)
    .findLast((one) => one.node === node && one.path === 'sys/health' && one.status !== 'dropped');
}
