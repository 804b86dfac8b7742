import { expect, test } from '@playwright/test';
import { searchRehearsal, wherePlanted } from '../search/rehearsed.ts';

/* Secrets are found nowhere: every way that can be rehearsed, with every picture read. */

const always = ['vault-token', 'record-signing-key'] as const;
const attempt = ['share', 'otp', 'encoded-token', 'dr-operation-token', 'fingerprint-key'] as const;

for (const [way, vault, kinds] of [
  ['ceremony', '1', attempt],
  ['ceremony', '2', attempt],
  ['break-glass', '2', attempt],
  ['batch', '1', ['batch-token']],
  ['batch', '2', ['batch-token']],
  ['planned', '1', ['batch-token', 'activation-token']],
  ['planned', '2', ['batch-token', 'activation-token']],
] as const)
  test(`the rehearsal of ${way} on Vault ${vault}.x leaves none of its secrets anywhere`, async () => {
    const words = ['--way', way, '--vault', vault];
    const searched = await searchRehearsal({ words, pictures: 'all' });
    console.log(`${way} on ${vault}.x: ${searched.covered}`);
    expect(searched.line).toMatchObject({ way, vault, ceremony: 'closed', promoted: true });
    expect(searched.hits).toEqual([]);
    expect(searched.kinds).toEqual(expect.arrayContaining([...always, ...kinds]));
    expect(searched.planted).toEqual(expect.arrayContaining([...wherePlanted()]));
  });
