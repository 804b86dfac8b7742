import type { AppInfo } from '../../../../shared/contract/guide.ts';
import type { CeremonyId } from '../../../../shared/ids.ts';
import type { Problem } from '../../../../shared/problem.ts';
import type { Go } from '../../app/place.ts';
import { useCeremonyRecords } from '../../app/use-ceremony.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Page } from '../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { WaitingSoon } from '../../components/Waiting/Waiting.tsx';
import styles from './Ceremony.module.css';
import { Running } from './Running.tsx';

export interface CeremonyProps {
  readonly id: CeremonyId;
  readonly info: AppInfo;
  readonly onHome: () => void;
  readonly go: Go;
}

/** One ceremony, from the preflight to its summary. All it shows is a view of the record. */
export function Ceremony({ id, info, onHome, go }: CeremonyProps) {
  const { records, folded, loading, problem, reload } = useCeremonyRecords(id);
  if (folded?.ok)
    return (
      <Running
        id={id}
        info={info}
        onHome={onHome}
        go={go}
        state={folded.state}
        records={records}
        trouble={problem}
      />
    );

  const broken = problem ?? (folded ? unreadable(folded.seq, folded.reason) : undefined);
  return (
    <main className={styles.alone}>
      <Page title="The ceremony">
        {broken ? (
          <ProblemBox
            problem={broken}
            title="The record of this ceremony could not be read"
            actions={
              <>
                <Button onPress={reload}>Read it again</Button>
                <Button onPress={onHome}>Home</Button>
              </>
            }
          />
        ) : (
          loading && (
            <WaitingSoon doing="Reading the record and asking Vault where the attempt is" />
          )
        )}
      </Page>
    </main>
  );
}

const unreadable = (seq: number, reason: string): Problem => ({
  code: 'journal.unreadable',
  known: `Line ${seq} of the record does not follow from the lines before it: ${reason}`,
  safe: 'Nothing was sent to a server. The record is left as it is on disk.',
  next: 'Read it again. If it stays so, finish by hand with the vault command and keep the file.',
});
