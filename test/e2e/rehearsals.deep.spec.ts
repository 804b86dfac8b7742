import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';

/* Every way through the real windows, on both versions where it applies. One after the other. */
for (const [way, vault] of [
  ['ceremony', '1'],
  ['ceremony', '2'],
  ['batch', '1'],
  ['batch', '2'],
  ['break-glass', '2'],
  ['planned', '1'],
  ['planned', '2'],
  ['fail-back', '1'],
  ['fail-back', '2'],
] as const)
  test(`the rehearsal of ${way} on Vault ${vault}.x ends closed and promoted`, async () => {
    const out = await mkdtemp(join(tmpdir(), 'keyturn-rehearsals-'));
    try {
      const { stdout } = await rehearse('--way', way, '--vault', vault, '--out', out);
      const last: unknown = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
      const ceremonies = way === 'fail-back' ? 2 : 1;
      expect(last).toMatchObject({
        way,
        vault,
        ceremony: 'closed',
        promoted: true,
        ceremonies,
        // What a person closes after a planned failover was closed.
        ...(way === 'planned' || way === 'fail-back' ? { openItems: [] } : {}),
      });
      const pictures = (await readdir(out)).filter((name) => name.endsWith('.png'));
      expect(pictures.length).toBeGreaterThan(10);
    } finally {
      await rm(out, { recursive: true, force: true });
    }
  });

test('there is no glass to break on Vault 1.x: exit 2, and it says why', async () => {
  const failed = rehearse('--way', 'break-glass', '--vault', '1', '--out', tmpdir());
  await expect(failed).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no glass to break'),
  });
});

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);

function rehearse(...words: string[]): Promise<{ stdout: string; stderr: string }> {
  const script = join(root, 'scripts/rehearse.mjs');
  return run(process.execPath, [script, ...words], { cwd: root, maxBuffer: 32 * 1024 * 1024 });
}
