import type { AppInfo } from '../../../../shared/contract/guide.ts';
import type { CeremonyId } from '../../../../shared/ids.ts';
import { dayAndTime } from '../../app/time.ts';
import { useCeremonyRecords } from '../../app/use-ceremony.ts';
import { ClusterChip, RealBadge } from '../../components/Badge/Badge.tsx';
import { Button } from '../../components/Button/Button.tsx';
import { Disclosure } from '../../components/Disclosure/Disclosure.tsx';
import { EventList } from '../../components/EventList/EventList.tsx';
import { Page, Row, Section } from '../../components/Layout/Layout.tsx';
import { Notice } from '../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { WaitingSoon } from '../../components/Waiting/Waiting.tsx';
import { CheckRecord } from './CheckRecord.tsx';
import { DeleteRecord } from './DeleteRecord.tsx';
import { ExportRecord } from './ExportRecord.tsx';
import { OpenItems } from './OpenItems.tsx';
import { Signatures } from './Signatures.tsx';

interface TranscriptProps {
  readonly id: CeremonyId;
  readonly info: AppInfo;
  readonly onBack: () => void;
  readonly onDeleted: (sentence: string) => void;
}

/** One ceremony's record, to read and to export; once it has ended, to delete. Nothing here changes it. */
export function Transcript({ id, info, onBack, onDeleted }: TranscriptProps) {
  const { records, folded, loading, problem, reload } = useCeremonyRecords(id);
  const opened = records[0];
  const cluster = opened?.event.type === 'ceremony.opened' ? opened.event.cluster : undefined;
  const ended = folded?.ok === true && folded.state.phase === 'ended';
  const openItems = folded?.ok ? folded.state.openItems : [];

  return (
    <Page
      title={opened ? `Record of ${dayAndTime(opened.at)}` : 'Record'}
      above={
        <Button kind="plain" icon="back" onPress={onBack}>
          All records
        </Button>
      }
    >
      {loading && <WaitingSoon doing="Reading the record" />}
      {problem && (
        <ProblemBox
          problem={problem}
          title="The record could not be read"
          actions={<Button onPress={reload}>Read it again</Button>}
        />
      )}
      {cluster && (
        <Row>
          <RealBadge practice={cluster.kind === 'practice'} />
          <ClusterChip name={cluster.name} colour={cluster.colour} size="large" />
        </Row>
      )}
      {folded && !folded.ok && (
        <Notice tone="danger" title={`Line ${folded.seq} does not follow from the lines before it`}>
          <p>{folded.reason} All lines are shown below as they are on disk.</p>
        </Notice>
      )}
      <OpenItems items={openItems} />
      {records.length > 0 && (
        <Section title="Check">
          <CheckRecord id={id} />
        </Section>
      )}
      {records.length > 0 && (
        <Section title="Signatures">
          <Signatures of={{ kind: 'own', id }} info={info} />
        </Section>
      )}
      {folded?.ok && (
        <Section title="Export">
          <Disclosure title="Export this record">
            <ExportRecord id={id} info={info} />
          </Disclosure>
        </Section>
      )}
      {records.length > 0 && (
        <Section title="What happened">
          <EventList records={records} />
        </Section>
      )}
      {opened && cluster && ended && (
        <Section title="Delete">
          <Disclosure title="Delete this record">
            <DeleteRecord
              id={id}
              noun="ceremony"
              cluster={cluster.name}
              openedAt={opened.at}
              openItems={openItems.length}
              onDeleted={onDeleted}
            />
          </Disclosure>
        </Section>
      )}
    </Page>
  );
}
