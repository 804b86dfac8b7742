import { clockFace } from '../../app/time.ts';
import { useNow } from '../../app/use-now.ts';
import styles from './Elapsed.module.css';

export interface ElapsedProps {
  /** An instant, or milliseconds since the epoch. */
  readonly since: string | number;
  /** Where given, the time stands still there. */
  readonly until?: string | number | undefined;
  /** Read before the time, such as "Since the start". */
  readonly label: string;
  readonly size?: 'normal' | 'huge';
}

/** How long something lasts so far. It informs; nothing ends because of it. */
export function Elapsed({ since, until, label, size = 'normal' }: ElapsedProps) {
  const now = useNow();
  const end = until === undefined ? now : at(until);
  return (
    <span className={styles[size]} role="timer">
      <span className={styles.label}>{label} </span>
      <span className={styles.time}>{clockFace(end - at(since))}</span>
    </span>
  );
}

const at = (when: string | number): number =>
  typeof when === 'number' ? when : new Date(when).getTime();
