import { WordList } from '../../components/Words/WordList.tsx';
import words from '../../components/Words/Words.module.css';

/** A fingerprint to be compared by voice: every word, and the same in hex. */
export function Fingerprint({
  title,
  lead,
  words: spoken,
  hex,
}: {
  title: string;
  lead: string;
  words: readonly string[];
  hex: string;
}) {
  return (
    <figure className={words.figure}>
      <figcaption>
        <strong>{title}</strong>
      </figcaption>
      <p>{lead}</p>
      <WordList words={spoken} label="Fingerprint" hex={hex} />
    </figure>
  );
}
