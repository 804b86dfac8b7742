import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { searchRehearsal, wherePlanted } from '../search/rehearsed.ts';

/*
 * Every way through the real windows, on both versions where it applies, one after the other. Each ends
 * as it should, and none of its secrets is found anywhere: every picture is read.
 */
const always = ['vault-token', 'record-signing-key'] as const;
const attempt = ['share', 'otp', 'encoded-token', 'dr-operation-token', 'fingerprint-key'] as const;
const planned = ['batch-token', 'activation-token'] as const;
// What a person closes after a planned failover was closed.
const nothingOpen = { openItems: [] };

for (const [way, vault, kinds, ends] of [
  ['ceremony', '1', attempt, { ceremonies: 1 }],
  ['ceremony', '2', attempt, { ceremonies: 1 }],
  ['batch', '1', ['batch-token'], { ceremonies: 1 }],
  ['batch', '2', ['batch-token'], { ceremonies: 1 }],
  ['break-glass', '2', attempt, { ceremonies: 1 }],
  ['planned', '1', planned, { ceremonies: 1, ...nothingOpen }],
  ['planned', '2', planned, { ceremonies: 1, ...nothingOpen }],
  ['fail-back', '1', planned, { ceremonies: 2, ...nothingOpen }],
  ['fail-back', '2', planned, { ceremonies: 2, ...nothingOpen }],
] as const)
  test(`the rehearsal of ${way} on Vault ${vault}.x ends closed and promoted, and leaves none of its secrets anywhere`, async () => {
    const words = ['--way', way, '--vault', vault];
    const searched = await searchRehearsal({ words, pictures: 'all' });
    console.log(`${way} on ${vault}.x: ${searched.covered}`);
    expect(searched.line).toMatchObject({
      way,
      vault,
      ceremony: 'closed',
      promoted: true,
      ...ends,
    });
    expect(searched.pictures).toBeGreaterThan(10);
    expect(searched.hits).toEqual([]);
    expect(searched.kinds).toEqual(expect.arrayContaining([...always, ...kinds]));
    expect(searched.planted).toEqual(expect.arrayContaining([...wherePlanted()]));
  });

test('there is no glass to break on Vault 1.x: exit 2, and it says why', async () => {
  const failed = promisify(execFile)(
    process.execPath,
    [script, '--way', 'break-glass', '--vault', '1', '--out', tmpdir()],
    { cwd: root },
  );
  await expect(failed).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no glass to break'),
  });
});

const root = join(import.meta.dirname, '../..');
const script = join(root, 'scripts/rehearse.mjs');
