import type { OtherRecordLine } from '../../../../shared/contract/other-records.ts';
import { finds } from '../../../../shared/report/search.ts';
import type { Go } from '../../app/place.ts';
import { count, dayAndTime, dayOf } from '../../app/time.ts';
import { RealBadge } from '../../components/Badge/Badge.tsx';
import { Level } from '../../components/Badge/Level.tsx';
import { Button } from '../../components/Button/Button.tsx';
import { Row } from '../../components/Layout/Layout.tsx';
import styles from './Records.module.css';

/** Records that are not ceremonies, as lines: shifts, for example. */
export function OtherRecords({ lines, go }: { lines: readonly OtherRecordLine[]; go: Go }) {
  return (
    <ul className={styles.lines}>
      {lines.map((line) =>
        line.kind === 'readable' ? (
          <li key={line.id} className={styles.line}>
            <div className={styles.lineText}>
              <Row>
                <RealBadge practice={line.practice} />
                <b className={styles.cluster}>
                  {line.noun}: {line.cluster}
                </b>
              </Row>
              <p>
                {dayAndTime(line.openedAt)}. {line.headline}
              </p>
              {line.openItems > 0 && (
                <Level level="warning" word={count(line.openItems, 'open item')} />
              )}
            </div>
            <Button
              onPress={() => go({ at: 'records', open: line.id, other: true })}
              label={`Read the record of the ${line.noun.toLowerCase()}, ${line.cluster}, ${dayAndTime(line.openedAt)}`}
            >
              Read the record
            </Button>
          </li>
        ) : (
          <li key={line.name} className={styles.line}>
            <div className={styles.lineText}>
              <Level level="stop" word="Cannot be read" />
              <p className={styles.file}>{line.name}</p>
              <p>{line.reason}</p>
            </div>
          </li>
        ),
      )}
    </ul>
  );
}

/** Whether a search finds a line: by cluster, person and date. */
export const matchesOther = (search: string, line: OtherRecordLine): boolean =>
  line.kind === 'readable'
    ? finds(search, {
        ...line,
        shownAt: `${dayAndTime(line.openedAt)} ${dayOf(line.openedAt)}`,
      })
    : finds(search, { cluster: line.name, people: [], openedAt: '', shownAt: '' });
