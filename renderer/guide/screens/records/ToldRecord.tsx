import type { AppInfo } from '../../../../shared/contract/guide.ts';
import type { CeremonyId } from '../../../../shared/ids.ts';
import { useLoaded } from '../../app/use-call.ts';
import { RealBadge } from '../../components/Badge/Badge.tsx';
import { Button } from '../../components/Button/Button.tsx';
import { Disclosure } from '../../components/Disclosure/Disclosure.tsx';
import { LineList } from '../../components/EventList/LineList.tsx';
import { Page, Row, Section } from '../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { WaitingSoon } from '../../components/Waiting/Waiting.tsx';
import { CheckRecord } from './CheckRecord.tsx';
import { DeleteRecord } from './DeleteRecord.tsx';
import { ExportRecord } from './ExportRecord.tsx';
import { OpenItems } from './OpenItems.tsx';
import { Signatures } from './Signatures.tsx';

/** A record that is not a ceremony's: its sentences come from main, whatever its kind. */
export function ToldRecord({
  id,
  info,
  onBack,
  onDeleted,
}: {
  id: CeremonyId;
  info: AppInfo;
  onBack: () => void;
  onDeleted: (sentence: string) => void;
}) {
  const { value, problem, loading, reload } = useLoaded('records.read', { id });
  return (
    <Page
      title={value?.title ?? 'Record'}
      lead={value?.headline}
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
      {value && (
        <>
          <Row>
            <RealBadge practice={value.practice} />
            <b>{value.cluster}</b>
          </Row>
          <OpenItems items={value.openItems} />
          <Section title="Check">
            <CheckRecord id={id} />
          </Section>
          <Section title="Signatures">
            <Signatures of={{ kind: 'own', id }} info={info} />
          </Section>
          <Section title="Export">
            <Disclosure title="Export this record">
              <ExportRecord id={id} info={info} />
            </Disclosure>
          </Section>
          <Section title="What happened">
            <LineList
              lines={value.lines.map(({ mark, ...line }) => ({
                ...line,
                tone: tones[mark ?? 'none'],
              }))}
            />
          </Section>
          {value.ended && (
            <Section title="Delete">
              <Disclosure title="Delete this record">
                <DeleteRecord
                  id={id}
                  noun={value.noun.toLowerCase()}
                  cluster={value.cluster}
                  openedAt={value.lines[0]?.at ?? ''}
                  openItems={value.openItems.length}
                  onDeleted={onDeleted}
                />
              </Disclosure>
            </Section>
          )}
        </>
      )}
    </Page>
  );
}

const tones = { none: 'plain', deviation: 'aside', trouble: 'trouble' } as const;
