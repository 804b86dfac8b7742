// Runs a command with a private bus, an unlocked keyring and, if asked, a display:
//   node scripts/with-keyring.mjs [--own-home] [--display] -- COMMAND [WORD…]
import { pathToFileURL } from 'node:url';
import { hasDisplay, startDisplay } from './lib/display.mjs';
import { startKeyring } from './lib/keyring.mjs';
import { runToEnd } from './lib/processes.mjs';

/**
 * Runs the command to its end and removes everything that was started for it.
 * @param options `ownHome`: HOME and XDG folders made for this run; `display`: Xvfb where there is no display
 * @returns its exit code
 */
export async function withKeyring(
  command,
  words,
  { ownHome = false, display = false, env = {} } = {},
) {
  const started = [];
  const stopAll = async () => {
    for (const each of started.splice(0).reverse()) await each.stop();
  };
  try {
    const all = { ...process.env, ...env };
    if (process.platform === 'linux') {
      const keyring = await startKeyring();
      started.push(keyring);
      Object.assign(all, keyring.env, ownHome ? keyring.home : {});
    }
    if (display && !hasDisplay()) {
      // Two: the end-to-end tests run two windows side by side, each with a focus of its own.
      const [first, second] = [await startDisplay(), await startDisplay()];
      started.push(first, second);
      Object.assign(all, first.env, {
        KEYTURN_SECOND_DISPLAY: second.env.DISPLAY,
        KEYTURN_SECOND_XAUTHORITY: second.env.XAUTHORITY,
      });
    }
    return await runToEnd(command, words, all);
  } finally {
    await stopAll();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const words = process.argv.slice(2);
  const split = words.indexOf('--');
  const [command, ...rest] = words.slice(split + 1);
  if (split === -1 || command === undefined) {
    console.error('Use: node scripts/with-keyring.mjs [--own-home] [--display] -- COMMAND [WORD…]');
    process.exit(2);
  }
  const asked = words.slice(0, split);
  process.exit(
    await withKeyring(command, rest, {
      ownHome: asked.includes('--own-home'),
      display: asked.includes('--display'),
    }),
  );
}
