import { toWords } from '../../../../shared/codec/words.ts';
import styles from './Fingerprint.module.css';

/** A fingerprint in hex and as words to be read aloud, one for each byte. */
export function Fingerprint({ hex }: { hex: string }) {
  return (
    <>
      <p className={styles.hex}>
        <span className="visually-hidden">Fingerprint: </span>
        {hex}
      </p>
      <p className={styles.words}>
        <span className="visually-hidden">In words: </span>
        {toWords(hex).join(' ')}
      </p>
    </>
  );
}
