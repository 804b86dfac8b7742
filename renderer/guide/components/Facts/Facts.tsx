import type { ReactNode } from 'react';
import { cx } from '../cx.ts';
import styles from './Facts.module.css';

export interface FactsProps {
  /** Name and value, in the order they are read. */
  readonly facts: readonly (readonly [name: string, value: ReactNode])[];
  /** Values that are compared letter by letter. */
  readonly mono?: boolean;
}

/** Named values, one under the other; the value can be selected whole. */
export function Facts({ facts, mono = false }: FactsProps) {
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name} className={styles.fact}>
          <dt>{name}</dt>
          <dd className={cx(mono && styles.mono)}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
