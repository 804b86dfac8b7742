import { useState } from 'react';
import type { AppInfo } from '../../../../shared/contract/guide.ts';
import type { ProfileId } from '../../../../shared/ids.ts';
import type { Profile } from '../../../../shared/profile.ts';
import type { Go } from '../../app/place.ts';
import { useLoaded } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Page, Row } from '../../components/Layout/Layout.tsx';
import { Notice } from '../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { WaitingSoon } from '../../components/Waiting/Waiting.tsx';
import { ProfileEditor } from './ProfileEditor.tsx';
import { ProfileList } from './ProfileList.tsx';

/** The DR secondaries this machine can run a ceremony for. */
export function Profiles({
  edit,
  info,
  go,
}: {
  edit: ProfileId | 'new' | undefined;
  info: AppInfo;
  go: Go;
}) {
  const profiles = useLoaded('profiles.list', undefined);
  const [said, setSaid] = useState<string>();

  const back = (sentence?: string) => {
    setSaid(sentence);
    profiles.reload();
    go({ at: 'profiles' });
  };
  const open = (id: ProfileId | 'new') => {
    setSaid(undefined);
    go({ at: 'profiles', edit: id });
  };

  if (edit !== undefined) {
    const found = profiles.value?.find((profile) => profile.id === edit);
    if (edit === 'new' || found)
      return (
        <ProfileEditor
          key={edit}
          profile={found}
          info={info}
          go={go}
          onDone={back}
          onChanged={profiles.reload}
          onBack={() => back()}
        />
      );
    if (!profiles.loading && !profiles.problem) return <NotThere onBack={() => back()} />;
  }

  const real: readonly Profile[] = (profiles.value ?? []).filter(({ kind }) => kind === 'real');
  return (
    <Page
      title="Clusters"
      lead="Each DR secondary that may have to be promoted, described and tested in daylight."
    >
      {said && <Notice tone="good" title={said} announce />}
      {profiles.problem && (
        <ProblemBox
          problem={profiles.problem}
          title="The clusters could not be read"
          actions={<Button onPress={profiles.reload}>Read them again</Button>}
        />
      )}
      {profiles.loading && <WaitingSoon doing="Reading the clusters" />}
      {profiles.value && (
        <ProfileList
          profiles={real}
          onOpen={open}
          onShift={(id) => go({ at: 'shift', profile: id })}
          onChanged={back}
        />
      )}
      <Row>
        <Button kind="primary" icon="plus" onPress={() => open('new')}>
          Add a cluster
        </Button>
      </Row>
    </Page>
  );
}

function NotThere({ onBack }: { onBack: () => void }) {
  return (
    <Page title="This cluster is no longer listed">
      <p>Its description was removed. Records of its ceremonies are still under Records.</p>
      <Row>
        <Button kind="primary" onPress={onBack}>
          All clusters
        </Button>
      </Row>
    </Page>
  );
}
