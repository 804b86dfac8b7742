import { sentenceOf } from '../../../../../shared/report/sentences.ts';
import { timeOfDay } from '../../../app/time.ts';
import { Disclosure } from '../../../components/Disclosure/Disclosure.tsx';
import { ExportRecord } from '../../records/ExportRecord.tsx';
import { Signatures } from '../../records/Signatures.tsx';
import { useView } from '../view.ts';
import styles from './Aside.module.css';

/** The record in sentences, the newest first: that is the one people look for. */
export function RecordSoFar() {
  const { id, records, state, info, activity } = useView();
  // The last command signs the record after its last event: the list is read anew once it is done.
  const isSigned = state.phase === 'ended' && activity === undefined;
  return (
    <>
      <Disclosure title="Sign the record, or take a copy along" late>
        <Signatures key={isSigned ? 1 : 0} of={{ kind: 'own', id }} info={info} />
        <Disclosure title="Export this record">
          <ExportRecord id={id} info={info} />
        </Disclosure>
      </Disclosure>
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
