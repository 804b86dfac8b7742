import { sentenceOf } from '../../../../../shared/report/sentences.ts';
import { timeOfDay } from '../../../app/time.ts';
import { SignNow } from '../../records/SignNow.tsx';
import { useView } from '../view.ts';
import styles from './Aside.module.css';

/** The record in sentences, the newest first: that is the one people look for. */
export function RecordSoFar() {
  const { id, records } = useView();
  return (
    <>
      <SignNow id={id} />
      <ol className={styles.record} reversed>
        {records.toReversed().map(({ seq, at, event }) => (
          <li key={seq} className={styles.line}>
            <time className={styles.time} dateTime={at}>
              {timeOfDay(at)}
            </time>
            <span>{sentenceOf(event)}</span>
          </li>
        ))}
      </ol>
    </>
  );
}
