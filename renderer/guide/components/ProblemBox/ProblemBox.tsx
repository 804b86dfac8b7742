import { useId, type ReactNode } from 'react';
import type { Problem } from '../../../../shared/problem.ts';
import { Facts } from '../Facts/Facts.tsx';
import { Icon } from '../icons/Icon.tsx';
import styles from './ProblemBox.module.css';

export interface ProblemBoxProps {
  readonly problem: Problem;
  /** What this stands over, such as "The connection test did not finish". */
  readonly title?: string;
  /** Ways on, as buttons. */
  readonly actions?: ReactNode;
}

/** What is known, what is safe now, what to do next: always in this order, always all three. */
export function ProblemBox({ problem, title = 'This did not work', actions }: ProblemBoxProps) {
  const id = useId();
  const facts = Object.entries(problem.facts ?? {});
  return (
    <section className={styles.box} role="alert" aria-labelledby={id}>
      <h3 id={id} className={styles.title}>
        <Icon name="stop" size={1.5} />
        {title}
      </h3>
      <dl className={styles.parts}>
        <div>
          <dt>Known</dt>
          <dd>{problem.known}</dd>
        </div>
        <div>
          <dt>Safe now</dt>
          <dd>{problem.safe}</dd>
        </div>
        <div className={styles.next}>
          <dt>What to do next</dt>
          <dd>{problem.next}</dd>
        </div>
      </dl>
      {facts.length > 0 && <Facts facts={facts} mono />}
      {actions && <div className={styles.actions}>{actions}</div>}
    </section>
  );
}
