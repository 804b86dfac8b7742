// From the server's first healthy answer after a promotion to the drawn frame in which the guide says
// so: the whole job through the real windows, on the practice clusters, each time anew.
import { join } from 'node:path';
import { root } from '../../scripts/lib/paths.mjs';
import { line, load, median, rounded } from './measure.mjs';

export async function promoteDetect({ n }) {
  const { promotionsOnScreen } = await load('promote-detect', ['test/bench/promote-screen.ts']);
  const [, ...times] = await promotionsOnScreen(n + 1, join(root, 'out'));
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
