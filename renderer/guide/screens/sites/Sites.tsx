import { useDeferredValue, useMemo, useState } from 'react';
import type { AppInfo } from '../../../../shared/contract/guide.ts';
import type { ProfileId } from '../../../../shared/ids.ts';
import type { Profile } from '../../../../shared/profile.ts';
import type { Go } from '../../app/place.ts';
import { useLoaded } from '../../app/use-call.ts';
import { useSites } from '../../app/use-sites.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Select } from '../../components/Choice/Choice.tsx';
import { Empty } from '../../components/Empty/Empty.tsx';
import { Field } from '../../components/Field/Field.tsx';
import { Page, Row } from '../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { WaitingSoon } from '../../components/Waiting/Waiting.tsx';
import { SiteMap } from '../map/SiteMap.tsx';
import { listed, passes, type Filter } from './listed.ts';
import { SiteRow } from './SiteRow.tsx';
import styles from './Sites.module.css';

/** Every site this machine knows, or the map of one. */
export function Sites({ open, info, go }: { open: ProfileId | undefined; info: AppInfo; go: Go }) {
  const profiles = useLoaded('profiles.list', undefined);
  const found = open && profiles.value?.find(({ id }) => id === open);
  if (found) return <SiteMap key={found.id} profile={found} go={go} />;
  if (open && profiles.loading) return <WaitingSoon doing="Reading the clusters" />;
  return (
    <Page
      title="Sites"
      lead="Each DR secondary with its primary and what else belongs to it. No real cluster is contacted before somebody asks for it here."
    >
      {profiles.problem && (
        <ProblemBox
          problem={profiles.problem}
          title="The clusters could not be read"
          actions={<Button onPress={profiles.reload}>Read them again</Button>}
        />
      )}
      {profiles.loading && <WaitingSoon doing="Reading the clusters" />}
      {profiles.value?.length === 0 && (
        <Empty
          icon="cluster"
          title="No site is described yet"
          action={
            <Button icon="plus" onPress={() => go({ at: 'profiles', edit: 'new' })}>
              Add a cluster
            </Button>
          }
        >
          A practice site is listed here while it runs.
        </Empty>
      )}
      {profiles.value && profiles.value.length > 0 && (
        <SiteList profiles={profiles.value} info={info} go={go} />
      )}
    </Page>
  );
}

function SiteList({ profiles, info, go }: { profiles: readonly Profile[]; info: AppInfo; go: Go }) {
  const [search, setSearch] = useState('');
  const [filter, setFilter] = useState<Filter>('all');
  const [asked, setAsked] = useState(false);
  // The practice site is nobody's: it may be looked at without asking.
  const watched = profiles.filter(({ kind }) => asked || kind === 'practice').map(({ id }) => id);
  const { sites, problem, lookNow } = useSites(watched, 'short');
  const wanted = useDeferredValue(search);

  const all = useMemo(() => listed(profiles, sites), [profiles, sites]);
  const shown = all.filter((line) => passes(line, wanted, filter));
  const openMap = useMemo(() => (id: ProfileId) => go({ at: 'sites', open: id }), [go]);
  const lookedAt = all.filter(({ state }) => state.lookedAt > 0).length;

  return (
    <>
      <div className={styles.tools}>
        <Field
          label="Search"
          hint="Names of sites and clusters, addresses."
          value={search}
          onChange={setSearch}
        />
        <Select label="Show" options={filters} value={filter} onChange={setFilter} />
      </div>
      {problem && <ProblemBox problem={problem} title="The sites cannot be looked at" />}
      <Row spread>
        <p role="status">
          {shown.length} of {all.length} sites{lookedAt > 0 && `; ${lookedAt} looked at`}
        </p>
        <Button
          icon="again"
          isDisabled={!info.realClustersAllowed && watched.length === 0}
          onPress={() => (asked ? lookNow() : setAsked(true))}
        >
          Look at all now
        </Button>
      </Row>
      {shown.length === 0 ? (
        <Empty icon="cluster" title="No site fits">
          Another word, or all of them under Show.
        </Empty>
      ) : (
        <ul className={styles.list} aria-label="Sites">
          {shown.map((line) => (
            <SiteRow
              key={line.profile.id}
              profile={line.profile}
              reading={line.reading}
              onOpen={openMap}
            />
          ))}
        </ul>
      )}
    </>
  );
}

const filters: readonly { value: Filter; label: string }[] = [
  { value: 'all', label: 'All sites' },
  { value: 'attention', label: 'What needs a look' },
  { value: 'unseen', label: 'Not visible from here' },
  { value: 'fine', label: 'All clusters answer' },
  { value: 'not-asked', label: 'Not looked at yet' },
];
