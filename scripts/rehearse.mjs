// npm run rehearse -- --out DIR: the whole main job, unattended, through the real windows on the
// practice clusters. Pictures and the record go to DIR; the last line printed is JSON.
import { join, resolve } from 'node:path';
import { buildAll, buildNodeMain } from './build.mjs';
import { isBuilt } from './lib/freshness.mjs';
import { root } from './lib/paths.mjs';
import { setUp } from './setup.mjs';
import { withKeyring } from './with-keyring.mjs';

const words = process.argv.slice(2);
const at = words.indexOf('--out');
const out = at === -1 ? undefined : words[at + 1];
if (out === undefined) {
  console.error('Say where the pictures and the record go: npm run rehearse -- --out DIR');
  process.exit(1);
}
if (!setUp(['fonts', 'libsecret', 'chromium', 'display', 'bus', 'keyring'])) process.exit(1);
if (!isBuilt()) {
  console.log('Building …');
  await buildAll();
}
await buildNodeMain(
  join(root, 'test/rehearsal/rehearse.ts'),
  join(root, 'out/chromium'),
  'rehearse.js',
);
process.exit(
  await withKeyring(process.execPath, [join(root, 'out/chromium/rehearse.js'), resolve(out)], {
    ownHome: true,
    display: true,
  }),
);
