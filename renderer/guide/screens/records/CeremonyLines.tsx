import type { CeremonyLine } from '../../../../shared/contract/guide.ts';
import { phaseWords } from '../../app/phase-words.ts';
import { purposeWords } from '../../app/purpose-words.ts';
import type { Go } from '../../app/place.ts';
import { outcomeSentences } from '../../../../shared/report/sentences.ts';
import { count, dayAndTime } from '../../app/time.ts';
import { RealBadge } from '../../components/Badge/Badge.tsx';
import { Level } from '../../components/Badge/Level.tsx';
import { Button } from '../../components/Button/Button.tsx';
import { Empty } from '../../components/Empty/Empty.tsx';
import { Row } from '../../components/Layout/Layout.tsx';
import styles from './Records.module.css';

/** Ceremonies as lines, the newest first as main sends them. What cannot be read is listed too. */
export function CeremonyLines({ lines, go }: { lines: readonly CeremonyLine[]; go: Go }) {
  if (lines.length === 0)
    return (
      <Empty icon="record" title="No ceremony has ended yet">
        Each one leaves a record here: who did what, when, and in which order.
      </Empty>
    );
  return (
    <ul className={styles.lines}>
      {lines.map((line) =>
        line.kind === 'readable' ? (
          <ReadableLine key={line.id} line={line} go={go} />
        ) : (
          <li key={line.name} className={styles.line}>
            <div className={styles.lineText}>
              <Level level="stop" word="Cannot be read" />
              <p className={styles.file}>{line.name}</p>
              <p>{line.reason}</p>
              <p className={styles.soft}>The file is kept aside as it is. Nothing writes to it.</p>
            </div>
          </li>
        ),
      )}
    </ul>
  );
}

function ReadableLine({ line, go }: { line: Extract<CeremonyLine, { kind: 'readable' }>; go: Go }) {
  const opened = dayAndTime(line.openedAt);
  return (
    <li className={styles.line}>
      <div className={styles.lineText}>
        <Row>
          <RealBadge practice={line.practice} />
          <b className={styles.cluster}>{line.cluster}</b>
        </Row>
        <p>
          {purposeWords[line.purpose]}, {opened}. {endWords(line)}
        </p>
        {line.openItems > 0 && <Level level="warning" word={count(line.openItems, 'open item')} />}
      </div>
      {line.outcome ? (
        <Button
          onPress={() => go({ at: 'records', open: line.id })}
          label={`Read the record of ${line.cluster}, ${opened}`}
        >
          Read the record
        </Button>
      ) : (
        <Button
          kind="primary"
          onPress={() => go({ at: 'ceremony', id: line.id })}
          label={`Take it up again: ${line.cluster}, ${opened}`}
        >
          Take it up again
        </Button>
      )}
    </li>
  );
}

function endWords(line: Extract<CeremonyLine, { kind: 'readable' }>): string {
  if (line.outcome === undefined) return `Unfinished: ${phaseWords(line.phase)}.`;
  const how = isOutcome(line.outcome) ? outcomeSentences[line.outcome] : `${line.outcome}.`;
  return line.promoted ? `${how} The secondary was promoted.` : how;
}

const isOutcome = (text: string): text is keyof typeof outcomeSentences =>
  Object.hasOwn(outcomeSentences, text);
