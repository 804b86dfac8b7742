import { nonceWords } from '../../../../shared/codec/words.ts';
import type { Nonce } from '../../../../shared/ids.ts';
import { cx } from '../cx.ts';
import styles from './Words.module.css';

/**
 * A nonce as sixteen words to read aloud, four to a line, and as Vault writes it. `compact` is the
 * form for the bar on top: the same sixteen words, small.
 */
export function Words({ nonce, compact = false }: { nonce: Nonce; compact?: boolean }) {
  const words = nonceWords(nonce);
  if (compact)
    return (
      <span className={styles.compact}>
        <span className="visually-hidden">Nonce words: </span>
        {words.join(' ')}
      </span>
    );
  return (
    <figure className={styles.figure}>
      <figcaption className="visually-hidden">
        The nonce in sixteen words, read line by line
      </figcaption>
      <ol className={styles.words}>
        {words.map((word, place) => (
          <li key={place} className={cx(styles.word)}>
            <span className={styles.place} aria-hidden="true">
              {place + 1}
            </span>
            {word}
          </li>
        ))}
      </ol>
      <p className={styles.hex}>
        <span className={styles.label}>Nonce </span>
        <code>{nonce}</code>
      </p>
    </figure>
  );
}
