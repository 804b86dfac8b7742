// npm run bench -- [--json] [--n N] [NAME …]: the benchmarks, one line each, and one JSON object a line
// with --json. `ratio` is value / baseline; both were measured in turn in this run. A line that misses
// its target says so; nothing fails because of a number. Names: see `benches` below.
import { parseArgs } from 'node:util';
import { buildAll } from './build.mjs';
import { isBuilt } from './lib/freshness.mjs';
import { setUp } from './setup.mjs';
import { withKeyring } from './with-keyring.mjs';

const { values: asked, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    n: { type: 'string', default: '7' },
    inside: { type: 'boolean', default: false },
  },
});
// React is measured as it ships.
process.env.NODE_ENV = 'production';

const benches = {
  'ceremony-overhead': async (o) =>
    (await import('../test/bench/ceremony-overhead.mjs')).ceremonyOverhead(o),
  windows: async (o) => (await import('../test/bench/windows.mjs')).windows(o),
  'promote-detect': async (o) =>
    (await import('../test/bench/promote-detect.mjs')).promoteDetect(o),
  watch: async (o) => (await import('../test/bench/watch.mjs')).watch(o),
  verify: async (o) => (await import('../test/bench/verify.mjs')).verifyLines(o),
  'guide-size': async () => (await import('../test/bench/guide-size.mjs')).guideSize(),
};

process.exit(asked.inside ? await measure() : await prepare());

async function prepare() {
  const strange = positionals.filter((name) => !(name in benches));
  if (strange.length > 0) {
    console.error(
      `No such benchmark: ${strange.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`,
    );
    return 2;
  }
  if (!setUp(['fonts', 'libsecret', 'chromium', 'display', 'bus', 'keyring'])) return 1;
  if (!isBuilt()) {
    console.error('Building …');
    await buildAll();
  }
  const words = [process.argv[1], '--inside', ...process.argv.slice(2)];
  return withKeyring(process.execPath, words, { ownHome: true, display: true });
}

async function measure() {
  const n = Math.max(7, Number(asked.n) || 7);
  let code = 0;
  for (const name of positionals.length > 0 ? positionals : Object.keys(benches)) {
    try {
      for (const result of await benches[name]({ n })) print(result);
    } catch (thrown) {
      code = 1;
      console.error(
        `${name} was not measured: ${thrown instanceof Error ? thrown.message : 'no reason given'}`,
      );
    }
  }
  return code;
}

function print(result) {
  if (asked.json) return console.log(JSON.stringify(result));
  const { name, ratio, value, unit, baseline, n, target } = result;
  const against = ratio === null ? '' : `, ${ratio} times ${baseline} ${unit}`;
  const missed = target !== undefined && (ratio ?? value) > target ? ` (misses ${target})` : '';
  console.log(`${name.padEnd(20)} ${value} ${unit}${against}, n = ${n}${missed}`);
}
