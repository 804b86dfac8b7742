// npm start: sets up what is missing, builds, opens the app. Words after `--` go to the app:
//   npm start -- [--data DIR] [--allow-real-cluster]
import { join } from 'node:path';
import { buildAll } from './build.mjs';
import { hasDisplay, startDisplay } from './lib/display.mjs';
import { isBuilt } from './lib/freshness.mjs';
import { chooseHost } from './lib/host.mjs';
import { hasKeyring, startKeyring } from './lib/keyring.mjs';
import { root } from './lib/paths.mjs';
import { runToEnd } from './lib/processes.mjs';
import { setUp } from './setup.mjs';

const host = chooseHost({ mayFetch: true });
console.log(`Host: ${host.kind === 'electron' ? 'Electron' : 'Chromium'} (${host.why}).`);

const needed = ['fonts', 'libsecret'];
if (host.kind === 'chromium') needed.push('chromium');
if (!hasDisplay()) needed.push('display');
if (!hasKeyring()) needed.push('bus', 'keyring');
if (!setUp(needed)) process.exit(1);

if (!isBuilt()) {
  console.log('Building …');
  await buildAll();
}

const started = [];
const env = { ...process.env };
let code = 1;
try {
  if (!hasDisplay()) {
    const display = await startDisplay();
    started.push(display);
    Object.assign(env, display.env);
    console.log(
      `This machine has no display. Keyturn runs on a virtual one (${display.env.DISPLAY}) that nobody sees; start it on a desktop to use it.`,
    );
  }
  if (!hasKeyring()) {
    const keyring = await startKeyring();
    started.push(keyring);
    Object.assign(env, keyring.env);
    console.log(
      'No keyring answers here. Keyturn made one for this run: what is kept in it ends with this run, so an unfinished ceremony cannot be resumed after it.',
    );
  }
  const words = process.argv.slice(2);
  console.log('Keyturn is open. Close its window or press Ctrl-C to end it.');
  code =
    host.kind === 'electron'
      ? await runToEnd(host.program, [root, ...words], env)
      : await runToEnd(process.execPath, [join(root, 'out/chromium/main.js'), ...words], env);
} catch (thrown) {
  console.error(thrown instanceof Error ? thrown.message : 'Keyturn could not start.');
} finally {
  for (const each of started.reverse()) await each.stop();
}
process.exit(code);
