// npm run rehearse -- --out DIR [--way batch|ceremony|break-glass|planned|fail-back] [--vault 1|2]: the whole
// job, unattended, through the real windows on the practice clusters; the ceremony on 1.x where
// nothing else is asked for. Pictures and the record go to DIR; the last line printed is JSON.
import { join, resolve } from 'node:path';
import { buildAll, buildNodeMain } from './build.mjs';
import { isBuilt } from './lib/freshness.mjs';
import { root } from './lib/paths.mjs';
import { setUp } from './setup.mjs';
import { withKeyring } from './with-keyring.mjs';

const words = process.argv.slice(2);
const after = (name) => (words.includes(name) ? words[words.indexOf(name) + 1] : undefined);
const out = after('--out');
const way = words.includes('--way') ? after('--way') : 'ceremony';
const usual = way === 'break-glass' ? '2' : '1';
const vault = words.includes('--vault') ? after('--vault') : usual;
if (out === undefined) {
  console.error('Say where the pictures and the record go: npm run rehearse -- --out DIR');
  process.exit(1);
}
if (!['batch', 'ceremony', 'break-glass', 'planned', 'fail-back'].includes(way)) {
  console.error('The ways are: --way batch, ceremony, break-glass, planned or fail-back.');
  process.exit(1);
}
if (vault !== '1' && vault !== '2') {
  console.error('The versions are: --vault 1 or --vault 2.');
  process.exit(1);
}
if (way === 'break-glass' && vault === '1') {
  console.error(
    'Vault 1.x asks for no token beside the shares: it has no glass to break. Try --vault 2.',
  );
  process.exit(2);
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
  await withKeyring(
    process.execPath,
    [join(root, 'out/chromium/rehearse.js'), resolve(out), way, vault],
    {
      ownHome: true,
      display: true,
    },
  ),
);
