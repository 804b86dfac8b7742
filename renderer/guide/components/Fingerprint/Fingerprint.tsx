import { toWords } from '../../../../shared/codec/words.ts';
import { groupedFingerprint, type PgpFingerprint } from '../../../../shared/pgp/key.ts';
import { WordList } from '../Words/WordList.tsx';
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
      <WordList
        words={toWords(fingerprint)}
        label="Fingerprint"
        hex={groupedFingerprint(fingerprint)}
      />
    </figure>
  );
}
