import { cx } from '../../components/cx.ts';
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
      <ol className={words.words}>
        {spoken.map((word, place) => (
          <li key={place} className={cx(words.word)}>
            <span className={words.place} aria-hidden="true">
              {place + 1}
            </span>
            {word}
          </li>
        ))}
      </ol>
      <p className={words.hex}>
        <span className={words.label}>Fingerprint </span>
        <code>{hex}</code>
      </p>
    </figure>
  );
}
