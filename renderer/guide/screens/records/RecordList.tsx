import type { AppInfo, CeremonyLine } from '../../../../shared/contract/guide.ts';
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
  const { value, problem, loading, reload } = useLoaded('ceremony.list', undefined);
  const draft = useDraft('records search', '', isText);
  const [search] = draft;
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
          actions={<Button onPress={reload}>Read them again</Button>}
        />
      )}
      {loading && <WaitingSoon doing="Reading the records" />}
      {value?.length === 0 && <CeremonyLines lines={value} go={go} />}
      {value !== undefined && value.length > 0 && <Searched lines={value} draft={draft} go={go} />}
      <Others search={search} go={go} />
      <Section title="From elsewhere">
        <Foreign info={info} />
      </Section>
    </Page>
  );
}

/** Shifts and other records, by the same search. */
function Others({ search, go }: { search: string; go: Go }) {
  const others = useLoaded('records.others', undefined);
  const found = (others.value ?? []).filter((line) => matchesOther(search, line));
  if (others.problem)
    return <ProblemBox problem={others.problem} title="Other records could not be listed" />;
  if (found.length === 0) return null;
  return (
    <Section title="Shifts and other records">
      <OtherRecords lines={found} go={go} />
    </Section>
  );
}

function Searched({
  lines,
  draft: [search, setSearch, forget],
  go,
}: {
  lines: readonly CeremonyLine[];
  draft: ReturnType<typeof useDraft<string>>;
  go: Go;
}) {
  const found = lines.filter((line) => matches(search, line));
  const searching = search.trim() !== '';
  return (
    <>
      <Field
        label="Search"
        hint="A cluster, a person or a date, such as: frankfurt 2026-11"
        value={search}
        onChange={setSearch}
        maxLength={200}
      />
      <p className={styles.soft} role="status">
        {searching
          ? `${found.length} of ${count(lines.length, 'record')}`
          : count(lines.length, 'record')}
      </p>
      {found.length > 0 ? (
        <CeremonyLines lines={found} go={go} />
      ) : (
        <Empty
          icon="record"
          title="No record has all of these words"
          action={<Button onPress={forget}>Show all records</Button>}
        >
          Each word is looked for in the cluster, the people and the date.
        </Empty>
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
