import type { AppInfo, CeremonyLine } from '../../../../shared/contract/guide.ts';
import type { OtherRecordLine } from '../../../../shared/contract/other-records.ts';
import { finds } from '../../../../shared/report/search.ts';
import { useDraft } from '../../app/drafts.tsx';
import type { Go } from '../../app/place.ts';
import { count, dayAndTime, dayOf } from '../../app/time.ts';
import { useLoaded } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Empty } from '../../components/Empty/Empty.tsx';
import { Field } from '../../components/Field/Field.tsx';
import { Page, Section } from '../../components/Layout/Layout.tsx';
import { Notice } from '../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { WaitingSoon } from '../../components/Waiting/Waiting.tsx';
import { CeremonyLines } from './CeremonyLines.tsx';
import { Foreign } from './Foreign.tsx';
import { matchesOther, OtherRecords } from './OtherRecords.tsx';
import styles from './Records.module.css';

/** Every ceremony's line, and a search over them. */
export function RecordList({
  deleted,
  info,
  go,
}: {
  deleted: string | undefined;
  info: AppInfo;
  go: Go;
}) {
  const ceremonies = useLoaded('ceremony.list', undefined);
  const others = useLoaded('records.others', undefined);
  const { value, problem } = ceremonies;
  return (
    <Page
      title="Records"
      lead="Every ceremony, every shift and the work at the offline desk of this machine."
    >
      {deleted !== undefined && <Notice tone="good" title={deleted} announce />}
      {problem && (
        <ProblemBox
          problem={problem}
          title="The records could not be listed"
          actions={<Button onPress={ceremonies.reload}>Read them again</Button>}
        />
      )}
      {others.problem && (
        <ProblemBox problem={others.problem} title="Other records could not be listed" />
      )}
      {ceremonies.loading && <WaitingSoon doing="Reading the records" />}
      <Lines ceremonies={value} others={others.value ?? []} go={go} />
      <Section title="From elsewhere">
        <Foreign info={info} />
      </Section>
    </Page>
  );
}

/** Everything that was written here, by one search. */
function Lines({
  ceremonies,
  others,
  go,
}: {
  /** `undefined` while they are not known. */
  ceremonies: readonly CeremonyLine[] | undefined;
  others: readonly OtherRecordLine[];
  go: Go;
}) {
  const [search, setSearch, forget] = useDraft('records search', '', isText);
  const total = (ceremonies?.length ?? 0) + others.length;
  const found = (ceremonies ?? []).filter((line) => matches(search, line));
  const foundOthers = others.filter((line) => matchesOther(search, line));
  const many = found.length + foundOthers.length;
  const searching = search.trim() !== '';
  return (
    <>
      {total > 0 && (
        <>
          <Field
            label="Search"
            hint="A cluster, a person or a date, such as: frankfurt 2026-11"
            value={search}
            onChange={setSearch}
            maxLength={200}
          />
          <p className={styles.soft} role="status">
            {searching ? `${many} of ${count(total, 'record')}` : count(total, 'record')}
          </p>
        </>
      )}
      {total > 0 && many === 0 && (
        <Empty
          icon="record"
          title="No record has all of these words"
          action={<Button onPress={forget}>Show all records</Button>}
        >
          Each word is looked for in the cluster, the people and the date.
        </Empty>
      )}
      {(found.length > 0 || (ceremonies?.length === 0 && !searching)) && (
        <CeremonyLines lines={found} go={go} />
      )}
      {foundOthers.length > 0 && (
        <Section title="Shifts and other records">
          <OtherRecords lines={foundOthers} go={go} />
        </Section>
      )}
    </>
  );
}

const matches = (search: string, line: CeremonyLine): boolean =>
  line.kind === 'readable'
    ? finds(search, {
        ...line,
        shownAt: `${dayAndTime(line.openedAt)} ${dayOf(line.openedAt)}`,
      })
    : finds(search, { cluster: line.name, people: [], openedAt: '', shownAt: '' });

const isText = (value: unknown): value is string => typeof value === 'string';
