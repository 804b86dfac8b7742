import { toWords } from '../../../../shared/codec/words.ts';
import type { Digest } from '../../../../shared/ids.ts';
import { cx } from '../cx.ts';
import styles from './Words.module.css';

/** A SHA-256 as thirty-two words to read aloud, four to a line, and in hex in groups of four. */
export function DigestWords({ digest }: { digest: Digest }) {
  return (
    <figure className={styles.figure}>
      <figcaption className="visually-hidden">
        The SHA-256 in thirty-two words, read line by line
      </figcaption>
      <ol className={styles.words}>
        {toWords(digest).map((word, place) => (
          <li key={place} className={cx(styles.word)}>
            <span className={styles.place} aria-hidden="true">
              {place + 1}
            </span>
            {word}
          </li>
        ))}
      </ol>
      <p className={styles.hex}>
        <span className={styles.label}>SHA-256 </span>
        <code>{(digest.match(/.{4}/g) ?? []).join(' ')}</code>
      </p>
    </figure>
  );
}
