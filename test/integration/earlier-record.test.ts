import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { verifyRecordBytes } from '../../electron/transcript/verify-file.ts';

/** Made on practice clusters by Keyturn 0.1.0 before it knew of ways, doors and checklists. */
const file = join(import.meta.dirname, '../fixtures/record-before-the-ways.jsonl');

test('a record from an earlier version is intact, and its rules still hold', async () => {
  const bytes = await readFile(file);
  const unnamed = await verifyRecordBytes(bytes);
  expect(unnamed.verdict.kind).toBe('consistent-origin-unknown');
  const [signature] = unnamed.signatures;
  if (!signature) throw new Error('the record is not signed');
  const named = await verifyRecordBytes(bytes, {
    trust: { fingerprints: [signature.fingerprint], heads: [] },
  });
  expect(named).toMatchObject({
    verdict: { kind: 'intact' },
    entries: 42,
    outcome: 'closed',
    rules: { kind: 'hold' },
  });
  expect(named.duties.find(({ id }) => id === 'one-share-for-each-holder')?.met).toBe('yes');
});
