// npm run rehearse -- --out DIR [--way batch|ceremony|break-glass|planned|fail-back|split] [--vault 1|2]: the whole
// job, unattended, through the real windows on the practice clusters; the ceremony on 1.x where
// nothing else is asked for. Pictures and the record go to DIR; the last line printed is JSON.
// Whatever else it wrote (data folders, drives, profiles) is removed at the end, also after a failure;
// with --keep it stays, and where is printed first.
import { join, resolve } from 'node:path';
import { buildAll, buildNodeMain } from './build.mjs';
import { isBuilt } from './lib/freshness.mjs';
import { withOwnTemporary } from './lib/own-temporary.mjs';
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
if (!['batch', 'ceremony', 'break-glass', 'planned', 'fail-back', 'split'].includes(way)) {
  console.error('The ways are: --way batch, ceremony, break-glass, planned, fail-back or split.');
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
if (way === 'split' && vault === '2') {
  console.error(
    'Vault 2.x asks every holder for a token beside the share, so none is given directly. Try --vault 1.',
  );
  process.exit(2);
}
if (way === 'split' && process.platform !== 'linux') {
  console.error('Five keychains side by side can be made on Linux only.');
  process.exit(2);
}
if (!setUp(['fonts', 'libsecret', 'chromium', 'display', 'bus', 'keyring'])) process.exit(1);
if (!isBuilt()) {
  console.log('Building …');
  await buildAll();
}
// The split one is five instances of the app itself, and a program that does what the people do.
const program = way === 'split' ? 'split' : 'rehearse';
await buildNodeMain(
  join(root, `test/rehearsal/${program}.ts`),
  join(root, 'out/chromium'),
  `${program}.js`,
);
process.exit(
  await withOwnTemporary(words.includes('--keep'), () =>
    withKeyring(
      process.execPath,
      [join(root, `out/chromium/${program}.js`), resolve(out), way, vault],
      { ownHome: true, display: true },
    ),
  ),
);
