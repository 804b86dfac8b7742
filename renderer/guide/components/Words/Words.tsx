import { nonceWords } from '../../../../shared/codec/words.ts';
import type { Nonce } from '../../../../shared/ids.ts';
import { WordList } from './WordList.tsx';
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
      <WordList words={words} label="Nonce" hex={nonce} />
    </figure>
  );
}
