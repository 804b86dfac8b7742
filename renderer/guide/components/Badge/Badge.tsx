import type { Profile } from '../../../../shared/profile.ts';
import { ClusterMark } from '../icons/ClusterMark.tsx';
import { cx } from '../cx.ts';
import styles from './Badge.module.css';

/** REAL is solid, PRACTICE is hatched: told apart by word, fill and outline. */
export function RealBadge({ practice }: { practice: boolean }) {
  return (
    <span className={cx(styles.badge, practice ? styles.practice : styles.real)}>
      <span className={styles.word}>{practice ? 'PRACTICE' : 'REAL'}</span>
    </span>
  );
}

/** A cluster's name with its colour and shape. */
export function ClusterChip({
  name,
  colour,
  size = 'normal',
}: {
  name: string;
  colour: Profile['colour'];
  size?: 'normal' | 'large';
}) {
  return (
    <span className={cx(styles.chip, size === 'large' && styles.large)}>
      <ClusterMark colour={colour} size={size === 'large' ? 1.25 : 1} />
      <span className={styles.name}>{name}</span>
    </span>
  );
}
