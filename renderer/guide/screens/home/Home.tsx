import type { AppInfo } from '../../../../shared/contract/guide.ts';
import type { Go } from '../../app/place.ts';
import { useLoaded } from '../../app/use-call.ts';
import type { KeychainHandle } from '../../app/use-machine.ts';
import { useStartCeremony } from '../../app/use-start-ceremony.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Page, Section } from '../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { Waiting, WaitingSoon } from '../../components/Waiting/Waiting.tsx';
import { CeremonyLines } from '../records/CeremonyLines.tsx';
import { ShiftSection } from '../shift/ShiftCard.tsx';
import { Clusters } from './Clusters.tsx';
import { HolderSection } from './HolderCard.tsx';
import { KeychainCard } from './KeychainCard.tsx';
import { FileNotices, Machine } from './Machine.tsx';
import { PracticeCard } from './PracticeCard.tsx';
import { Unfinished } from './Unfinished.tsx';

/** Where the app opens: what is unfinished, then what can be started, then what is past. */
export function Home({ info, keychain, go }: { info: AppInfo; keychain: KeychainHandle; go: Go }) {
  const ceremonies = useLoaded('ceremony.list', undefined);
  const profiles = useLoaded('profiles.list', undefined);
  const start = useStartCeremony(go);

  const lines = ceremonies.value ?? [];
  const unfinished = lines.filter((line) => line.kind === 'readable' && !line.outcome);
  const past = lines.filter((line) => line.kind === 'unreadable' || line.outcome);
  const open = keychain.state.state === 'working' || keychain.state.state === 'memory';

  const nothingYet = profiles.value?.length === 0;
  const title =
    unfinished.length > 0
      ? 'A ceremony is unfinished'
      : open
        ? 'Ready when it is needed'
        : 'Not ready yet';
  const practiceCard = (
    <PracticeCard
      busy={start.doing !== undefined}
      keychainOpen={open}
      onPractise={start.practise}
      onMore={() => go({ at: 'practice' })}
    />
  );

  return (
    <Page
      title={title}
      lead={
        unfinished.length === 0 &&
        'Keyturn leads a group of people from a lost primary to a promoted DR secondary, one step at a time.'
      }
    >
      <Unfinished lines={unfinished} go={go} />
      <KeychainCard keychain={keychain} />
      <FileNotices info={info} />
      {start.doing && <Waiting doing={start.doing} />}
      {start.problem && <ProblemBox problem={start.problem} title="The ceremony did not open" />}

      <HolderSection onOpen={() => go({ at: 'holder' })} />
      {nothingYet && practiceCard}
      <Section
        title="Clusters"
        aside={
          <Button icon="plus" onPress={() => go({ at: 'profiles', edit: 'new' })}>
            Add a cluster
          </Button>
        }
      >
        {profiles.problem && (
          <ProblemBox
            problem={profiles.problem}
            title="The clusters could not be read"
            actions={<Button onPress={profiles.reload}>Read them again</Button>}
          />
        )}
        {profiles.loading && <WaitingSoon doing="Reading the clusters" />}
        {profiles.value && (
          <Clusters
            profiles={profiles.value.filter((profile) => profile.kind === 'real')}
            info={info}
            keychainOpen={open}
            busy={start.doing !== undefined}
            onStart={start.open}
            onPrepare={(id) => go({ at: 'profiles', edit: id })}
            onMap={(id) => go({ at: 'sites', open: id })}
            onAll={() => go({ at: 'sites' })}
          />
        )}
      </Section>

      <ShiftSection go={go} />

      {!nothingYet && practiceCard}

      <Section title="Past ceremonies">
        {ceremonies.problem && (
          <ProblemBox
            problem={ceremonies.problem}
            title="The records could not be listed"
            actions={<Button onPress={ceremonies.reload}>Read them again</Button>}
          />
        )}
        {ceremonies.loading && <WaitingSoon doing="Reading the records" />}
        {ceremonies.value && <CeremonyLines lines={past.slice(0, shownHere)} go={go} />}
        {past.length > shownHere && (
          <Button kind="plain" onPress={() => go({ at: 'records' })}>
            {`All ${past.length} past ceremonies`}
          </Button>
        )}
      </Section>

      <Machine info={info} go={go} />
    </Page>
  );
}

const shownHere = 5;
