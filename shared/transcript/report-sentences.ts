import { toWords } from '../codec/words.ts';
import type { Duty } from './duties.ts';
import type { RecordFault, RecordReport, Verdict } from './report.ts';

/** A verdict in a few words, in capitals: what stands first on a screen, a page or a terminal. */
export function headline(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'intact':
      return 'INTACT';
    case 'unchanged-with-remarks':
      return 'UNCHANGED, WITH REMARKS';
    case 'consistent-origin-unknown':
      return 'CONSISTENT, ORIGIN UNKNOWN';
    case 'partly-covered':
      return 'NOT COVERED TO THE END';
    case 'signed-by-another-key':
      return 'SIGNED BY ANOTHER KEY';
    case 'not-signed':
      return 'NOT SIGNED';
    case 'not-checked-here':
      return 'SIGNATURE NOT CHECKED';
    case 'head-not-found':
      return 'HEAD NOT FOUND';
    case 'rules-broken':
      return `NOT A POSSIBLE RECORD, LINE ${verdict.line}`;
    case 'newer-version':
      return `FROM A NEWER VERSION, LINE ${verdict.line}`;
    case 'broken':
      return `BROKEN AT LINE ${verdict.line}`;
  }
}

/** What the verdict means, in sentences. They may hold text from the record: print them escaped. */
export function explain(report: RecordReport): readonly string[] {
  const { verdict, entries, signatures } = report;
  switch (verdict.kind) {
    case 'intact':
      return ['Nothing was changed since it was signed, or since the words were written down.'];
    case 'unchanged-with-remarks':
      return [
        'Nothing was changed since it was signed, or since the words were written down. Read the remarks: something in it could mislead.',
      ];
    case 'consistent-origin-unknown':
      return [
        'It is whole in itself. Whether it is the one that was made that night cannot be said: no fingerprint and no words of a head were given, and anybody can make a record that is whole in itself.',
      ];
    case 'partly-covered':
      return [
        `What you gave covers events 1 to ${verdict.covered} of ${entries}. The events after them may have been added or changed by anybody.`,
      ];
    case 'signed-by-another-key':
      return [
        `The key that you named (${verdict.wanted}) did not sign it. ${signatures.length === 1 ? 'The key that did is' : 'The keys that did are'} listed below.`,
      ];
    case 'not-signed':
      return [`Nobody signed it. You asked for the key ${verdict.wanted}.`];
    case 'not-checked-here':
      return [
        `The key that you named is OpenPGP, and its signature (line ${verdict.line}) cannot be checked by this program. Use --openpgp DIR and gpg.`,
      ];
    case 'head-not-found':
      return [
        `No event has a hash that begins with ${verdict.wanted} (${words(verdict.wanted)}). It is another record, or it was cut off before that event, or the words were misread.`,
      ];
    case 'rules-broken':
      return [
        `Nothing was changed after it was written, but this event cannot follow those before it: ${verdict.reason}`,
      ];
    case 'newer-version':
      return [
        `This line is of a kind that this version does not know. The chain of hashes was checked to the end and holds; what it means, and signatures of a new kind, were not checked. Use the verifier that came with the record.`,
      ];
    case 'broken':
      return [
        faultSentence(verdict.reason),
        ...(entries === 0 ? [] : [`Events 1 to ${entries}, before it, follow each other.`]),
      ];
  }
}

/** What is wrong with a line, in one sentence. */
export function faultSentence(reason: RecordFault): string {
  switch (reason) {
    case 'not-json':
      return 'The line is not JSON.';
    case 'not-canonical':
      return 'The line is not in canonical form: a key stands twice, or its spacing or spelling was changed.';
    case 'schema':
      return 'The line lacks a field, or has one that does not belong there.';
    case 'hash':
      return 'The line does not match its own hash: it was edited.';
    case 'prev':
      return 'The line does not follow the one before it: a line was edited, taken out or put in.';
    case 'seq':
      return 'The line has the wrong number: a line was moved, taken out or put in.';
    case 'torn':
      return 'The line is cut off.';
    case 'head':
      return 'Lines are missing at the end.';
    case 'empty':
      return 'There is no event in it.';
    case 'not-utf8':
      return 'The line is not text in UTF-8.';
    case 'line-too-long':
      return 'The line is longer than any that Keyturn writes.';
    case 'after-signature':
      return 'An event stands behind a signature.';
    case 'signature':
      return 'The signature does not fit: the line was edited, or it was made with another key or over something else.';
    case 'signature-beyond':
      return 'The signature covers more events than there are: events were cut off.';
    case 'signature-head':
      return 'The signature was made over other events than these.';
    case 'other-record':
      return 'The signature was made over another record.';
    case 'too-many-signatures':
      return 'There are more signatures than any record has.';
  }
}

const answers: Readonly<Record<Duty['met'], string>> = {
  yes: 'yes',
  no: 'NO',
  'not-asked': 'nothing on the record',
  'not-checked': 'by a signature that was NOT CHECKED here',
};

const bounds: Readonly<Record<Duty['bound'], string>> = {
  always: '',
  'in-force': '',
  'not-kept': ' (a rule that this site does not keep)',
  'set-aside': ' (set aside by a recorded deviation)',
};

/** One rule of the separation of duties with its answer. */
export function dutySentence({ id, met, bound }: Duty): string {
  const answer = `${answers[met]}${bounds[bound]}`;
  switch (id) {
    case 'enough-holders':
      return `at least as many holders as shares are needed: ${answer}`;
    case 'operator-is-not-witness':
      return `operator and witness are two people: ${answer}`;
    case 'holders-are-on-the-roster':
      return `every holder is on the roster: ${answer}`;
    case 'one-share-for-each-holder':
      return `every holder gave one share: ${answer}`;
    case 'nonce-confirmed-before-each-share':
      return `every holder confirmed the nonce first: ${answer}`;
    case 'second-person-is-not-operator':
      return `the second person is not the operator: ${answer}`;
    case 'second-person-authenticated':
      return `the second person proved who they are: ${answer}`;
  }
}

/** An odd digit stands for half a byte and has no word. */
const words = (hex: string): string =>
  toWords(hex.slice(0, hex.length - (hex.length % 2))).join(' ');
