import { cx } from '../cx.ts';
import styles from './KeyShapes.module.css';

export interface KeyShapesProps {
  /** How many shares Vault has counted in this round. */
  readonly given: number;
  readonly required: number;
  /** "unseal key" or "recovery key": the primary's word. */
  readonly word?: string;
  readonly size?: 'normal' | 'small';
}

/** The threshold as key shapes: one that was given has turned, and is filled. */
export function KeyShapes({ given, required, word = 'share', size = 'normal' }: KeyShapesProps) {
  const said = `${given} of ${required} ${word}s given`;
  return (
    <div className={cx(styles.row, styles[size])} role="img" aria-label={said}>
      <div className={styles.keys} aria-hidden="true">
        {Array.from({ length: required }, (_, place) => (
          <KeyShape key={place} turned={place < given} />
        ))}
      </div>
      <span className={styles.count} aria-hidden="true">
        <b>{given}</b> of <b>{required}</b>
      </span>
    </div>
  );
}

function KeyShape({ turned }: { turned: boolean }) {
  return (
    <svg className={cx(styles.key, turned && styles.turned)} viewBox="0 0 48 48">
      <circle className={styles.plate} cx="24" cy="24" r="22" />
      <g className={styles.blade}>
        <path d="M24 8a7 7 0 00-3 13.3V39l3 3 3-3v-3l3-2-3-2v-3l3-2-3-2v-3.7A7 7 0 0024 8z" />
        <circle className={styles.hole} cx="24" cy="14" r="2.4" />
      </g>
    </svg>
  );
}
