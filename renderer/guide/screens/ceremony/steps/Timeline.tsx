import type { Observation } from '../../../../../shared/ceremony/state.ts';
import type { NodeAddress } from '../../../../../shared/ids.ts';
import { clockFace } from '../../../app/time.ts';
import type { WatchReading } from '../../../app/use-ceremony.ts';
import { useNow } from '../../../app/use-now.ts';
import { cx } from '../../../components/cx.ts';
import { Icon } from '../../../components/icons/Icon.tsx';
import { hostOf } from '../phrases.ts';
import { icons, rowsOf, type Row } from './timeline-rows.ts';
import styles from './Timeline.module.css';

export interface TimelineProps {
  readonly nodes: readonly NodeAddress[];
  readonly observations: readonly Observation[];
  /** When promote was first sent. */
  readonly since: string;
  /** Where given, the line ends there instead of now. */
  readonly until?: string;
  readonly reading?: WatchReading | undefined;
  /** While a promotion is under way: says so beside a node that does not answer. */
  readonly awayIsExpected?: boolean;
}

/** One row a node: what it says now, since when, and everything it said since promote. */
export function Timeline(props: TimelineProps) {
  const { nodes, observations, since, until, reading, awayIsExpected = false } = props;
  const clock = useNow();
  const end = until ? Date.parse(until) : clock;
  const rows = rowsOf(nodes, observations, Date.parse(since), end, reading);
  return (
    <ul className={styles.timeline} aria-label="The nodes since promote was sent">
      {rows.map((row) => (
        <Line key={row.node} row={row} awayIsExpected={awayIsExpected} />
      ))}
    </ul>
  );
}

function Line({ row, awayIsExpected }: { row: Row; awayIsExpected: boolean }) {
  return (
    <li className={styles.row}>
      <div className={styles.head}>
        <span className={styles.node}>{hostOf(row.node)}</span>
        <span className={cx(styles.says, styles[row.tone])}>
          <Icon name={icons[row.tone]} />
          {row.says}
          {awayIsExpected && row.tone === 'away' && (
            <span className={styles.expected}>(expected now)</span>
          )}
        </span>
        <span className={styles.for}>{clockFace(row.lastsMs)}</span>
      </div>
      <div className={styles.bar} aria-hidden="true">
        {row.segments.map((segment, place) => (
          <span
            key={place}
            className={cx(styles.segment, styles[segment.tone])}
            style={{ flexGrow: Math.max(segment.ms, 1) }}
            title={segment.says}
          />
        ))}
      </div>
    </li>
  );
}
