import styles from './Offline.module.css';

/** A fingerprint to be compared by voice: every word, and the same in hex. */
export function Fingerprint({
  title,
  lead,
  words,
  hex,
}: {
  title: string;
  lead: string;
  words: readonly string[];
  hex: string;
}) {
  return (
    <section className={styles.fingerprint} aria-label={title}>
      <h3>{title}</h3>
      <p>{lead}</p>
      <ol className={styles.words}>
        {words.map((word, place) => (
          <li key={place}>{word}</li>
        ))}
      </ol>
      <p className={styles.hex}>
        <code>{hex}</code>
      </p>
    </section>
  );
}
