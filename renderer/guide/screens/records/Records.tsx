import type { CeremonyId } from '../../../../shared/ids.ts';
import type { Go } from '../../app/place.ts';
import { useLoaded } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Page } from '../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { WaitingSoon } from '../../components/Waiting/Waiting.tsx';
import { CeremonyLines } from './CeremonyLines.tsx';
import { Transcript } from './Transcript.tsx';

/** All ceremonies there were, or the record of one. */
export function Records({ open, go }: { open: CeremonyId | undefined; go: Go }) {
  return open ? (
    <Transcript key={open} id={open} onBack={() => go({ at: 'records' })} />
  ) : (
    <List go={go} />
  );
}

function List({ go }: { go: Go }) {
  const { value, problem, loading, reload } = useLoaded('ceremony.list', undefined);
  return (
    <Page title="Records" lead="Every ceremony that was opened on this machine.">
      {problem && (
        <ProblemBox
          problem={problem}
          title="The records could not be listed"
          actions={<Button onPress={reload}>Read them again</Button>}
        />
      )}
      {loading && <WaitingSoon doing="Reading the records" />}
      {value && <CeremonyLines lines={value} go={go} />}
    </Page>
  );
}
