import { Disclosure } from '../Disclosure/Disclosure.tsx';
import styles from './Command.module.css';

/** A command as text: one click selects it whole. It holds no secret; where one belongs it says so. */
export function Command({ label, text }: { label: string; text: string }) {
  return (
    <figure className={styles.command}>
      <figcaption>{label}</figcaption>
      <pre className={styles.text} tabIndex={0} aria-label={label}>
        {text}
      </pre>
    </figure>
  );
}

/** The `vault` command and the HTTP call that do the same as this step. */
export function ByHand({
  steps,
}: {
  steps: readonly { title: string; vault: string; http: string }[];
}) {
  return (
    <Disclosure title="Show the command">
      {steps.map((step) => (
        <div key={step.title} className={styles.step}>
          <p>{step.title}</p>
          <Command label="With vault" text={step.vault} />
          <Command label="Over HTTP" text={step.http} />
        </div>
      ))}
    </Disclosure>
  );
}
