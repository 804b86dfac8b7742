import { Suspense, useEffect, useState } from 'react';
import type { AppInfo } from '../../shared/contract/guide.ts';
import { AppNav } from './app/AppNav.tsx';
import { Catch } from './app/Catch.tsx';
import { ClientContext, type GuideClient } from './app/client.ts';
import { KeepDrafts } from './app/drafts.tsx';
import type { Go, Place } from './app/place.ts';
import { useTheme } from './app/theme.ts';
import { useOpenDoors, type OpenDoor } from './app/use-open-doors.ts';
import { useCall, useLoaded } from './app/use-call.ts';
import { useKeychain, type KeychainHandle } from './app/use-machine.ts';
import { Button } from './components/Button/Button.tsx';
import { DoorStrip } from './components/DoorStrip/DoorStrip.tsx';
import { Shell } from './components/Layout/Layout.tsx';
import { ProblemBox } from './components/ProblemBox/ProblemBox.tsx';
import { WaitingSoon } from './components/Waiting/Waiting.tsx';
import { Home } from './screens/home/Home.tsx';
import {
  Ceremony,
  Desk,
  Holder,
  loadTheOtherScreens,
  Practice,
  Profiles,
  Records,
  SelfTest,
  ShiftDesk,
  Sites,
} from './screens/later.ts';
import styles from './App.module.css';

/** The guide: one place at a time. Everything it shows it asks main for, so it can be drawn again at any time. */
export function App({ client }: { client: GuideClient }) {
  return (
    <Catch>
      <ClientContext value={client}>
        <KeepDrafts>
          <Opening />
        </KeepDrafts>
      </ClientContext>
    </Catch>
  );
}

function Opening() {
  const { value: info, problem, reload } = useLoaded('app.info', undefined);
  if (info) return <Places info={info} />;
  return (
    <main className={styles.opening}>
      <h1>Keyturn</h1>
      {problem ? (
        <ProblemBox
          problem={problem}
          title="Keyturn did not open"
          actions={<Button onPress={reload}>Try again</Button>}
        />
      ) : (
        <WaitingSoon doing="Looking at the keychain and at what is on disk" />
      )}
    </main>
  );
}

function Places({ info: atStart }: { info: AppInfo }) {
  const [place, setPlace] = useState<Place>({ at: 'home' });
  const [theme, setTheme] = useState(atStart.theme);
  const keychain = useKeychain(atStart.keychain);
  const info: AppInfo = { ...atStart, keychain: keychain.state };
  const keepTheme = useCall('app.set-theme');
  useTheme(theme);
  useEffect(() => {
    document.title = `${titles[place.at]} – Keyturn`;
  }, [place.at]);

  const doors = useOpenDoors();
  const go: Go = setPlace;
  useEffect(loadTheOtherScreens, []);
  if (place.at === 'ceremony')
    return (
      <Suspense>
        <Ceremony
          key={place.id}
          id={place.id}
          info={info}
          onHome={() => go({ at: 'home' })}
          go={go}
        />
      </Suspense>
    );

  return (
    <Shell
      bar={doors.length > 0 && <Doors doors={doors} go={go} />}
      railLabel="Places"
      rail={
        <AppNav
          place={place}
          go={go}
          info={info}
          theme={theme}
          onTheme={(chosen) => {
            setTheme(chosen);
            void keepTheme.run({ theme: chosen });
          }}
        />
      }
    >
      <Suspense fallback={<WaitingSoon doing="Opening the screen" />}>
        <Screen place={place} info={info} keychain={keychain} go={go} />
      </Suspense>
    </Shell>
  );
}

/** At every start and on every screen, until somebody has seen to it. */
function Doors({ doors, go }: { doors: readonly OpenDoor[]; go: Go }) {
  return doors.map(({ id, cluster, nodes }) => (
    <DoorStrip key={id} cluster={cluster} nodes={nodes}>
      <Button
        onPress={() => go({ at: 'ceremony', id })}
        label={`See to it: the door of ${cluster}`}
      >
        See to it
      </Button>
    </DoorStrip>
  ));
}

function Screen({
  place,
  info,
  keychain,
  go,
}: {
  place: Exclude<Place, { at: 'ceremony' }>;
  info: AppInfo;
  keychain: KeychainHandle;
  go: Go;
}) {
  switch (place.at) {
    case 'home':
      return <Home info={info} keychain={keychain} go={go} />;
    case 'profiles':
      return <Profiles edit={place.edit} info={info} go={go} />;
    case 'sites':
      return <Sites open={place.open} info={info} go={go} />;
    case 'practice':
      return <Practice go={go} />;
    case 'desk':
      return <Desk info={info} />;
    case 'holder':
      return <Holder onHome={() => go({ at: 'home' })} />;
    case 'records':
      return <Records open={place.open} other={place.other === true} info={info} go={go} />;
    case 'self-test':
      return <SelfTest info={info} />;
    case 'shift':
      return (
        <ShiftDesk key={place.profile} profile={place.profile} onHome={() => go({ at: 'home' })} />
      );
  }
}

const titles: Readonly<Record<Place['at'], string>> = {
  home: 'Home',
  sites: 'Sites',
  profiles: 'Clusters',
  practice: 'Practice',
  desk: 'Offline desk',
  holder: 'I hold a share',
  records: 'Records',
  'self-test': 'Self-test',
  shift: 'Shift desk',
  ceremony: 'Ceremony',
};
