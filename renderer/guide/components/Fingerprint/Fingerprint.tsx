import { toWords } from '../../../../shared/codec/words.ts';
import { groupedFingerprint, type PgpFingerprint } from '../../../../shared/pgp/key.ts';
import { cx } from '../cx.ts';
import styles from '../Words/Words.module.css';

/** A key's fingerprint as twenty words to read aloud, and in hex as gpg shows it. */
export function Fingerprint({
  fingerprint,
  userIds,
}: {
  fingerprint: PgpFingerprint;
  userIds: readonly string[];
}) {
  return (
    <figure className={styles.figure}>
      <figcaption>
        {userIds.length > 0 ? userIds.join(', ') : 'A key without a name'}
        <span className="visually-hidden">: the fingerprint in twenty words, line by line</span>
      </figcaption>
      <ol className={styles.words}>
        {toWords(fingerprint).map((word, place) => (
          <li key={place} className={cx(styles.word)}>
            <span className={styles.place} aria-hidden="true">
              {place + 1}
            </span>
            {word}
          </li>
        ))}
      </ol>
      <p className={styles.hex}>
        <span className={styles.label}>Fingerprint </span>
        <code>{groupedFingerprint(fingerprint)}</code>
      </p>
    </figure>
  );
}
