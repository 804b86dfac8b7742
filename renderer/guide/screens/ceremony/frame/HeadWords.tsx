import type { Recorded } from '../../../../../shared/ceremony/events.ts';
import { toWords } from '../../../../../shared/codec/words.ts';
import { Notice } from '../../../components/Notice/Notice.tsx';
import { useView } from '../view.ts';
import styles from './HeadWords.module.css';

/** The moments at which the witness writes: after the start, after each share, at the close. */
const moments = {
  'attempt.started': 'after the start',
  'attempt.joined': 'after joining',
  'share.accepted': 'after this share',
  'token.encoded.kept': 'after the last share',
  'token.encoded.taken': 'after the encoded token came',
  'ceremony.ended': 'at the close',
} as const;

/** The newest such moment and its words; `undefined` where there is none, or no head is known. */
export function headToWrite(
  records: readonly Recorded[],
): { readonly when: string; readonly line: number; readonly words: readonly string[] } | undefined {
  for (const { event, seq, head } of records.toReversed()) {
    switch (event.type) {
      case 'attempt.started':
      case 'attempt.joined':
      case 'share.accepted':
      case 'token.encoded.kept':
      case 'token.encoded.taken':
      case 'ceremony.ended':
        if (head === undefined) return undefined;
        return { when: moments[event.type], line: seq, words: toWords(head).slice(0, 8) };
      default:
    }
  }
  return undefined;
}

/**
 * The first eight words of the record's head for the witness's paper: whoever changes a line before
 * that moment changes these words.
 */
export function HeadWords() {
  const { records } = useView();
  const head = headToWrite(records);
  if (!head) return null;
  return (
    <Notice title={`Witness: write these eight words on paper, ${head.when}`}>
      <p className={styles.words}>{head.words.join(' ')}</p>
      <p>They stand for line {head.line} of the record and every line before it.</p>
    </Notice>
  );
}
