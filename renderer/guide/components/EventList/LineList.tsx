import { visible } from '../../../../shared/report/visible.ts';
import { dayOf, timeOfDay } from '../../app/time.ts';
import { cx } from '../cx.ts';
import { Icon, type IconName } from '../icons/Icon.tsx';
import styles from './EventList.module.css';

export type Tone = 'plain' | 'trouble' | 'aside' | 'good';

export interface Line {
  readonly seq: number;
  /** An instant, ISO 8601. */
  readonly at: string;
  readonly says: string;
  readonly tone: Tone;
}

/** A record as people read it: line number, time, one sentence each. A new day says so. */
export function LineList({ lines }: { lines: readonly Line[] }) {
  return (
    <ol className={styles.list}>
      {lines.map(({ seq, at, says, tone }, place) => {
        const day = dayOf(at);
        const before = lines[place - 1];
        const newDay = !before || dayOf(before.at) !== day;
        return (
          <li key={seq} className={styles.line}>
            {newDay && <p className={styles.day}>{day}</p>}
            <span className={styles.seq}>
              <span className="visually-hidden">Line </span>
              {seq}
            </span>
            <time className={styles.time} dateTime={at}>
              {timeOfDay(at)}
            </time>
            <p className={cx(styles.text, styles[tone])}>
              <Mark tone={tone} />
              <span>{visible(says)}</span>
            </p>
          </li>
        );
      })}
    </ol>
  );
}

function Mark({ tone }: { tone: Tone }) {
  const icon = icons[tone];
  return icon ? <Icon name={icon} /> : null;
}

const icons: Readonly<Record<Tone, IconName | undefined>> = {
  plain: undefined,
  trouble: 'warning',
  aside: 'edit',
  good: 'good',
};
