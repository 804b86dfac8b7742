import type { Checked } from '../../shared/contract/records.ts';
import { Trouble } from '../../shared/problem.ts';
import { accepted, type RecordReport } from '../../shared/transcript/report.ts';
import { headline } from '../../shared/transcript/report-sentences.ts';
import { reportLines } from '../../shared/transcript/report-text.ts';
import { parseFingerprint, parseHead, type Trust } from '../../shared/transcript/trust.ts';

/** What a person knows of a record by another way than the record. */
export interface Known {
  readonly fingerprint?: string | undefined;
  readonly words?: string | undefined;
}

/** @throws Trouble `input.invalid` where the fingerprint or the words cannot be read as such. */
export function trustOf(known: Known): Trust {
  const fingerprint = known.fingerprint ? parseFingerprint(known.fingerprint) : undefined;
  if (known.fingerprint && !fingerprint) throw notReadable('fingerprint');
  const head = known.words ? parseHead(known.words) : undefined;
  if (known.words && !head) throw notReadable('words');
  return { fingerprints: fingerprint ? [fingerprint] : [], heads: head ? [head] : [] };
}

/** A verifier's finding as a page shows it. */
export const checked = (report: RecordReport): Checked => ({
  accepted: accepted(report.verdict),
  headline: headline(report.verdict),
  lines: [...reportLines(report)],
});

const notReadable = (what: 'fingerprint' | 'words'): Trouble =>
  new Trouble({
    code: 'input.invalid',
    known:
      what === 'words'
        ? 'The words cannot be read: at least the first eight of them are needed, each as it was written down.'
        : 'The fingerprint cannot be read: it is 64 hex digits (40 for OpenPGP), or as many words as bytes.',
    safe: 'The record was not checked, and nothing was changed.',
    next: 'Compare what was typed with the paper it came from.',
  });
