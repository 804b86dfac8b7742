import { sentenceOf } from '../../../../../shared/report/sentences.ts';
import { useView } from '../view.ts';

/** Reads the newest line of the record out, politely: the screen may be out of sight. */
export function Announcer() {
  const { records } = useView();
  const last = records.at(-1);
  return (
    <p className="visually-hidden" role="status" aria-live="polite">
      {last && sentenceOf(last.event)}
    </p>
  );
}
