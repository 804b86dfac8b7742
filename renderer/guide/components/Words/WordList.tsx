import { cx } from '../cx.ts';
import styles from './Words.module.css';

/** Words to read aloud, each with its place, four to a line; below them the same as a computer writes it. */
export function WordList({
  words,
  label,
  hex,
}: {
  words: readonly string[];
  label: string;
  hex: string;
}) {
  return (
    <>
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
        <span className={styles.label}>{label} </span>
        <code>{hex}</code>
      </p>
    </>
  );
}
