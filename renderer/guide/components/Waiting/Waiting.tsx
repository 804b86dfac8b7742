import { useEffect, useState } from 'react';
import { Elapsed } from '../Elapsed/Elapsed.tsx';
import styles from './Waiting.module.css';

export interface WaitingProps {
  /** What is being done, as a sentence without a full stop: "Asking each node who leads". */
  readonly doing: string;
  /** Milliseconds since the epoch or an instant; absent: since this came on the screen. */
  readonly since?: string | number | undefined;
  /** What it may take, or what can be done meanwhile. */
  readonly detail?: string | undefined;
}

/** Long work: what is being done and how long it has lasted. */
export function Waiting({ doing, since, detail }: WaitingProps) {
  const [shownAt] = useState(() => Date.now());
  return (
    <div className={styles.waiting}>
      <span className={styles.mark} aria-hidden="true" />
      <div>
        <p className={styles.doing} role="status">
          {doing}
        </p>
        {detail && <p className={styles.detail}>{detail}</p>}
        <Elapsed since={since ?? shownAt} label="So far" />
      </div>
    </div>
  );
}

/** The same for work that is mostly done at once: nothing is shown for the first moment. */
export function WaitingSoon(props: WaitingProps) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setLate(true), 300);
    return () => window.clearTimeout(timer);
  }, []);
  return late ? <Waiting {...props} /> : null;
}
