import { expect, test } from 'vitest';
import { nodeTools } from '../../../electron/transcript/verify-file.ts';
import { partEventSchema } from '../../../shared/part/events.ts';
import { partTelling } from '../../../shared/part/telling.ts';
import { told } from '../../../shared/report/telling.ts';
import { parseLine } from '../../../shared/transcript/entry.ts';
import { verifyRecord } from '../../../shared/transcript/verify.ts';
import { partOpened, wholePart } from '../../fakes/part-events.ts';
import { fileOf, journalLines, newSigner, sha256, signed } from '../../fakes/records.ts';

const lines = journalLines(wholePart);

test('the record of a holder’s part is verified like a ceremony, and no line of it can be changed', () => {
  const signer = newSigner();
  const signature = signed(lines, signer, { id: partOpened.id });
  const trust = { fingerprints: [signer.identity.fingerprint], heads: [] };
  const options = { trust, gapMs: Number.MAX_SAFE_INTEGER };
  const report = verifyRecord(fileOf(...lines, signature), nodeTools, options);
  expect(report.verdict).toEqual({ kind: 'intact' });
  expect(report).toMatchObject({ outcome: 'cleared', rules: { kind: 'hold' } });
  const changed = lines.map((line) => line.replace('"holder":"Ana"', '"holder":"Eve"'));
  const again = verifyRecord(fileOf(...changed, signature), nodeTools, options);
  expect(again.verdict.kind).not.toBe('intact');
});

test('it is told in sentences, and its head says what was done', () => {
  const entries = lines.map((line) => {
    const read = parseLine(line, partEventSchema, sha256);
    if (!read.ok) throw new Error(read.reason);
    return read.entry;
  });
  const report = told(partTelling, entries, { appVersion: '0.0.0-test', madeAt: '' });
  expect(report.headline).toBe('1 share given to Vault on a holder’s laptop.');
  expect(report.log.map(({ says }) => says).join('\n')).toContain('Vault counted it: 1 of 3.');
  expect(report.openItems).toEqual([]);
});
