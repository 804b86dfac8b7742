import { dutySentence, explain, headline } from './report-sentences.ts';
import type { Listed } from './listed.ts';
import { longestList } from './listed.ts';
import { printable } from './printable.ts';
import { scriptSentences } from './script-watch.ts';
import type { RecordReport, Remark, SignatureReport } from './report.ts';

/**
 * A report as lines of plain text, for a terminal or a page. Whatever came from the record is
 * printable: no character of it can move the cursor, hide, or turn the line round.
 */
export function reportLines(report: RecordReport): readonly string[] {
  return [
    headline(report.verdict),
    ...explain(report).map(printable),
    '',
    ...aboutLines(report),
    ...signatureLines(report),
    ...agreedLines(report),
    '',
    ...ruleLines(report),
    ...scriptLines(report),
    '',
    ...listed('Remarks', report.remarks, remarkLine),
    ...listed(
      'Silences',
      report.gaps,
      (gap) => `line ${gap.line}: nothing for ${duration(gap.ms)}, from ${gap.from} to ${gap.to}`,
    ),
    ...listed(
      'Interruptions',
      report.interruptions,
      ({ line, at, what }) => `line ${line}: ${at} ${what}`,
    ),
    ...listed(
      'Deviations',
      report.deviations,
      ({ line, what, why, agreedBy }) => `line ${line}: ${what} Why: ${why} Agreed by: ${agreedBy}`,
    ),
    ...listed('Open items', report.openItems, (item) => item),
    '',
    'What this does not say: that what was written down is true, or that the clock was right.',
  ];
}

function aboutLines(report: RecordReport): readonly string[] {
  const { about, entries, from, to, head, outcome, outageMs, notes } = report;
  const lines: string[] = [];
  if (about !== undefined) {
    const kind = about.kind === 'real' ? 'REAL' : 'PRACTICE';
    lines.push(
      row('Record', `${about.record}, ${about.purpose}, ${kind} cluster "${about.cluster}"`),
      row('', `written by Keyturn ${about.appVersion}`),
    );
  }
  lines.push(row('Events', `${entries}, ${notes} of them notes`));
  if (from !== undefined && to !== undefined) lines.push(row('Clock', `from ${from} to ${to}`));
  lines.push(row('Ended', outcome ?? 'no: it does not end on this record'));
  if (outageMs !== undefined) lines.push(row('Promoted', `after ${duration(outageMs)}`));
  if (head !== undefined) lines.push(row('Head', head), row('', report.headWords.join(' ')));
  return lines;
}

function signatureLines(report: RecordReport): readonly string[] {
  if (report.signatures.length === 0) return [row('Signed', 'by nobody')];
  return report.signatures.flatMap((signature) => [
    row('Signed', `line ${signature.line}: ${signer(signature)} at ${signature.at}`),
    row('', `covers events 1 to ${signature.covers} of ${report.entries}; ${standing(signature)}`),
    row('', `fingerprint ${signature.fingerprint}`),
    ...wrapped(signature.words).map((words) => row('', words)),
  ]);
}

const agreedLines = ({ agreed }: RecordReport): readonly string[] =>
  agreed.flatMap(({ line, by, fingerprint, words, seq, state }) => [
    row('Promote', `line ${line}: OpenPGP, "${by}", over the head of line ${seq}`),
    row('', state === 'valid' ? 'valid, by the key set at roster' : 'present, NOT CHECKED here'),
    row('', `fingerprint ${fingerprint}`),
    ...wrapped(words).map((line) => row('', line)),
  ]);

const signer = ({ kind, by }: SignatureReport): string =>
  kind === 'ed25519' ? "an installation's key" : `OpenPGP, "${by ?? ''}"`;

function standing({ state, given }: SignatureReport): string {
  if (state === 'not-checked') return 'present, NOT CHECKED here';
  return given ? 'valid, by a key that you named' : 'valid, by a key that you did not name';
}

function ruleLines(report: RecordReport): readonly string[] {
  const { rules } = report;
  const order = (): string => {
    switch (rules.kind) {
      case 'hold':
        return 'every event may follow those before it';
      case 'broken':
        return `line ${rules.line}: ${rules.reason}`;
      case 'not-checked':
        return `not checked from line ${rules.from} on`;
    }
  };
  return [
    row('Order', order()),
    ...report.duties.flatMap((duty, i) => [
      row(i === 0 ? 'Duties' : '', dutySentence(duty)),
      ...more(duty.against, ({ line, says }) => row('', `  line ${line}: ${says}`)),
    ]),
  ];
}

const scriptLines = ({ script }: RecordReport): readonly string[] => [
  ...scriptSentences(script).map((says, i) => row(i === 0 ? 'Script' : '', says)),
  ...(script === undefined ? [] : [row('', `SHA-256 ${script.hash}`)]),
];

function remarkLine(remark: Remark): string {
  switch (remark.kind) {
    case 'clock-back':
      return `line ${remark.line}: the clock went back, from ${remark.from} to ${remark.to}`;
    case 'script-hash':
      return `line ${remark.line}: the script is not the one that its hash stands for`;
    case 'unseen-characters':
      return `line ${remark.line}: characters that are not seen, in ${remark.field}`;
    case 'markup':
      return `line ${remark.line}: text that looks like HTML, in ${remark.field}`;
  }
}

function listed<T>(title: string, list: Listed<T>, line: (item: T) => string): readonly string[] {
  if (list.total === 0) return [row(title, 'none')];
  return more(list, line).map((text, i) => row(i === 0 ? title : '', text));
}

function more<T>(list: Listed<T>, line: (item: T) => string): readonly string[] {
  const lines = list.first.map(line);
  return list.total > longestList
    ? [...lines, `and ${list.total - list.first.length} more`]
    : lines;
}

const row = (title: string, text: string): string => `${title.padEnd(14)} ${printable(text)}`;

const wrapped = (words: readonly string[]): readonly string[] =>
  Array.from({ length: Math.ceil(words.length / 8) }, (_, i) =>
    words.slice(i * 8, i * 8 + 8).join(' '),
  );

/** A length of time in two units at most. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
