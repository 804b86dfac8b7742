import type { CeremonyEvent, Recorded } from '../../../../shared/ceremony/events.ts';
import { sentenceOf } from '../../../../shared/report/sentences.ts';
import { visible } from '../../../../shared/report/visible.ts';
import { dayOf, timeOfDay } from '../../app/time.ts';
import { cx } from '../cx.ts';
import { Icon, type IconName } from '../icons/Icon.tsx';
import styles from './EventList.module.css';

/** The record as people read it: line number, time, one sentence each. A new day says so. */
export function EventList({ records }: { records: readonly Recorded[] }) {
  return (
    <ol className={styles.list}>
      {records.map((record, place) => {
        const day = dayOf(record.at);
        const before = records[place - 1];
        const newDay = !before || dayOf(before.at) !== day;
        return (
          <li key={record.seq} className={styles.line}>
            {newDay && <p className={styles.day}>{day}</p>}
            <span className={styles.seq}>
              <span className="visually-hidden">Line </span>
              {record.seq}
            </span>
            <time className={styles.time} dateTime={record.at}>
              {timeOfDay(record.at)}
            </time>
            <p className={cx(styles.text, styles[toneOf(record.event)])}>
              <Mark event={record.event} />
              <span>{visible(sentenceOf(record.event))}</span>
            </p>
          </li>
        );
      })}
    </ol>
  );
}

type Tone = 'plain' | 'trouble' | 'aside' | 'good';

function Mark({ event }: { event: CeremonyEvent }) {
  const icon = icons[toneOf(event)];
  return icon ? <Icon name={icon} /> : null;
}

const icons: Readonly<Record<Tone, IconName | undefined>> = {
  plain: undefined,
  trouble: 'warning',
  aside: 'edit',
  good: 'good',
};

function toneOf(event: CeremonyEvent): Tone {
  switch (event.type) {
    case 'attempt.start.failed':
    case 'attempt.key-differs':
    case 'share.refused':
    case 'share.not-counted':
    case 'share.unknown':
    case 'share.elsewhere':
    case 'round.failed':
    case 'attempt.superseded':
    case 'attempt.gone':
    case 'attempt.cancel.failed':
    case 'found.cancel.failed':
    case 'token.decode.failed':
    case 'token.delete.failed':
    case 'token.left':
    case 'token.lost':
    case 'promote.refused':
    case 'promote.unknown':
    case 'primary.alarm':
      return 'trouble';
    case 'note.added':
    case 'deviation.recorded':
      return 'aside';
    case 'promoted':
    case 'token.deleted':
    case 'share.accepted':
      return 'good';
    default:
      return 'plain';
  }
}
