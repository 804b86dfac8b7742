import { useState } from 'react';
import type { AfterItem } from '../../../../../shared/ceremony/aftercare.ts';
import type { StateIn } from '../../../../../shared/ceremony/state.ts';
import type { Profile } from '../../../../../shared/profile.ts';
import { usePropose } from '../../../app/drafts.tsx';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Row, Stack } from '../../../components/Layout/Layout.tsx';
import { Notice } from '../../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { useView } from '../view.ts';
import { draftOfRoster, draftOfPeople } from './names.ts';

/** Where an item of the checklist leads to with one press: to another place of this app. */
export function RootToken({ state, item }: { state: StateIn<'aftercare'>; item: AfterItem }) {
  const { go } = useView();
  const propose = usePropose();
  const open = useCall('ceremony.open');
  // Only after somebody answered that nobody can log in.
  if (item.status !== 'open' || item.by === undefined) return null;
  const { profileId, name } = state.cluster;
  // A batch token promotes without them, so this record does not know who holds a share.
  const noHolders = state.roster.holders.length === 0;
  const start = () =>
    void open.run({ profileId, purpose: 'root-token' }).then((result) => {
      if (!result.ok) return;
      const { id } = result.value;
      propose(draftOfPeople(id), draftOfRoster(state.roster));
      go({ at: 'ceremony', id });
    });
  return (
    <Notice
      tone="warning"
      title="Nobody can log in yet"
      actions={
        <Button kind="primary" icon="key" busy={open.busy} onPress={start}>
          {noHolders ? 'Make a root token' : 'Make a root token with the same people'}
        </Button>
      }
    >
      <p>
        A ceremony of its own on {name}, with its own record.{' '}
        {noHolders ? nobodyToPropose : proposed} This checklist waits on Home, under the unfinished
        ceremonies.
      </p>
      {open.problem && <ProblemBox problem={open.problem} title="It was not opened" />}
    </Notice>
  );
}

const proposed = 'The people of this one are proposed, and confirmed there.';
const nobodyToPropose =
  'It takes key holders with their shares. None took part in this failover, so their names are entered there; ask them to come now.';

/** The next failover is the way back: its batch token is issued on the cluster that is the primary now. */
export function NewBatchToken() {
  const { id, go } = useView();
  const back = useCall('aftercare.way-back');
  const toDesk = () =>
    void back
      .run({ id })
      .then((result) => result.ok && go({ at: 'shift', profile: result.value.id }));
  return (
    <Stack gap="tight">
      <Row>
        <Button icon="clock" busy={back.busy} onPress={toDesk}>
          Go to the shift desk of the way back
        </Button>
      </Row>
      {back.problem && <ProblemBox problem={back.problem} title="The shift desk did not open" />}
    </Stack>
  );
}

/** The profile of the other direction, made from the one there is. */
export function DescribeWayBack() {
  const { id, state } = useView();
  const back = useCall('aftercare.way-back');
  const [made, setMade] = useState<Profile>();
  const make = () =>
    void back.run({ id }).then((result) => result.ok && setMade(() => result.value));
  return (
    <Stack gap="tight">
      <Row>
        <Button icon="cluster" busy={back.busy} onPress={make}>
          Describe the way back
        </Button>
      </Row>
      {made && (
        <Notice tone="good" title={`“${made.name}” is described`} announce>
          <p>
            Its nodes are those of the old primary, and its primary is this cluster.{' '}
            {made.pins
              ? 'What was pinned of the site is pinned there too.'
              : 'Nothing is pinned for it: test it in daylight, under Clusters.'}{' '}
            {state.cluster.kind === 'practice'
              ? 'A ceremony on it is opened under Practice.'
              : 'A ceremony on it is opened from Home, as for every cluster.'}
          </p>
        </Notice>
      )}
      {back.problem && <ProblemBox problem={back.problem} title="It was not described" />}
    </Stack>
  );
}
