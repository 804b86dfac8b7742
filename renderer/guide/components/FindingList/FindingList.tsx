import type { Finding } from '../../../../shared/ceremony/findings.ts';
import { Level } from '../Badge/Level.tsx';
import styles from './FindingList.module.css';

/** What of a finding is shown. `name` heads the findings that are each about another thing. */
export interface Told extends Pick<Finding, 'level' | 'what' | 'todo' | 'node'> {
  readonly id: string;
  readonly name?: string;
  readonly why?: string;
}

/** Findings, the gravest first. Each says what was seen; where it is not fine, why it matters and what to do. */
export function FindingList({ findings }: { findings: readonly Told[] }) {
  const ordered = [...findings].sort((a, b) => gravity[a.level] - gravity[b.level]);
  return (
    <ul className={styles.list}>
      {ordered.map((finding, place) => (
        <li key={`${finding.id}-${finding.node ?? ''}-${place}`} className={styles.finding}>
          <Level level={finding.level} />
          <div className={styles.text}>
            {finding.name && <p className={styles.name}>{finding.name}</p>}
            <p className={styles.what}>{finding.what}</p>
            {finding.node && <p className={styles.node}>{finding.node}</p>}
            {finding.level !== 'ok' && (
              <>
                {finding.why && <p className={styles.why}>{finding.why}</p>}
                {finding.todo && (
                  <p>
                    <b>To do: </b>
                    {finding.todo}
                  </p>
                )}
              </>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

const gravity: Readonly<Record<Finding['level'], number>> = {
  stop: 0,
  unknown: 1,
  warning: 2,
  ok: 3,
};
