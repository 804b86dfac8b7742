import { toWords } from '../../../../shared/codec/words.ts';
import type { Digest } from '../../../../shared/ids.ts';
import { WordList } from './WordList.tsx';
import styles from './Words.module.css';

/** A SHA-256 as thirty-two words to read aloud, four to a line, and in hex in groups of four. */
export function DigestWords({ digest }: { digest: Digest }) {
  return (
    <figure className={styles.figure}>
      <figcaption className="visually-hidden">
        The SHA-256 in thirty-two words, read line by line
      </figcaption>
      <WordList
        words={toWords(digest)}
        label="SHA-256"
        hex={(digest.match(/.{4}/g) ?? []).join(' ')}
      />
    </figure>
  );
}
