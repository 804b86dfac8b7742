// A display for machines that have none: Xvfb under a key of its own.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { end, firstLine, spawnBound } from './processes.mjs';

/** Whether this process could open a window. */
export const hasDisplay = (env = process.env) =>
  process.platform !== 'linux' || Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY);

/** Starts Xvfb on a free number. Returns what to add to the environment, and how to end it. */
export async function startDisplay() {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-display-'));
  const key = join(folder, 'Xauthority');
  writeFileSync(key, anyDisplayKey(), { mode: 0o600 });
  const words = [
    '-displayfd',
    '3',
    '-auth',
    key,
    '-screen',
    '0',
    '1600x1100x24',
    '-nolisten',
    'tcp',
  ];
  // A group of its own, so that Ctrl-C reaches the app first and the display last.
  const child = spawnBound('Xvfb', words, {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await firstLine(child, child.stdio[3], 'Xvfb');
  return {
    env: { DISPLAY: `:${number.trim()}`, XAUTHORITY: key },
    async stop() {
      await end(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** One Xauthority record for any host and any display: family, address, number, name, key. */
function anyDisplayKey() {
  const field = (bytes) => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const none = field(Buffer.alloc(0));
  const name = field(Buffer.from('MIT-MAGIC-COOKIE-1'));
  return Buffer.concat([Buffer.from([0xff, 0xff]), none, none, name, field(randomBytes(16))]);
}
