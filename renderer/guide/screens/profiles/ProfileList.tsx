import { useState } from 'react';
import type { ProfileId } from '../../../../shared/ids.ts';
import { shareWord, type Profile } from '../../../../shared/profile.ts';
import { isWayBackOf } from '../../../../shared/way-back.ts';
import { useCall } from '../../app/use-call.ts';
import { count, dayAndTime } from '../../app/time.ts';
import { ClusterChip } from '../../components/Badge/Badge.tsx';
import { Level } from '../../components/Badge/Level.tsx';
import { Button } from '../../components/Button/Button.tsx';
import { Dialog } from '../../components/Dialog/Dialog.tsx';
import { Empty } from '../../components/Empty/Empty.tsx';
import { Field } from '../../components/Field/Field.tsx';
import { Facts } from '../../components/Facts/Facts.tsx';
import { Card, Row, Stack } from '../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { PrintScript } from './PrintScript.tsx';

export interface ProfileListProps {
  readonly profiles: readonly Profile[];
  readonly onOpen: (id: ProfileId) => void;
  readonly onShift: (id: ProfileId) => void;
  readonly onChanged: (sentence: string) => void;
}

export function ProfileList({ profiles, onOpen, onShift, onChanged }: ProfileListProps) {
  const [search, setSearch] = useState('');
  const [removing, setRemoving] = useState<Profile>();
  const remove = useCall('profiles.remove');
  const back = useCall('profiles.way-back');
  const described = async (profile: Profile) => {
    const result = await back.run({ id: profile.id });
    if (result.ok)
      onChanged(
        `${result.value.name} describes the same site the other way round: for failing back. Test it once it is a DR secondary.`,
      );
  };
  const confirmed = async (profile: Profile) => {
    const result = await remove.run({ id: profile.id });
    if (!result.ok) return;
    setRemoving(undefined);
    onChanged(`The description of ${profile.name} was removed.`);
  };

  if (profiles.length === 0)
    return (
      <Empty icon="cluster" title="No cluster is described yet">
        It takes the nodes&apos; addresses, the CA, and the kind of seal the primary has.
      </Empty>
    );
  const fitting = profiles.filter(({ name }) =>
    name.toLowerCase().includes(search.trim().toLowerCase()),
  );
  return (
    <Stack>
      {profiles.length > shownAtOnce && (
        <>
          <Field label="Search by name" value={search} onChange={setSearch} />
          <p role="status">
            {fitting.length > shownAtOnce
              ? `${fitting.length} clusters fit; the first ${shownAtOnce} are shown.`
              : `${count(fitting.length, 'cluster')} of ${profiles.length}.`}
          </p>
        </>
      )}
      {fitting.slice(0, shownAtOnce).map((profile) => (
        <Card key={profile.id}>
          <Row spread>
            <ClusterChip name={profile.name} colour={profile.colour} size="large" />
            {profile.pins ? (
              <Level level="ok" word={`Pinned ${dayAndTime(profile.pins.at)}`} />
            ) : (
              <Level level="warning" word="Not pinned yet" />
            )}
          </Row>
          <Facts
            facts={[
              ['Nodes', <Lines key="nodes" lines={profile.nodes} />],
              ["Primary's nodes", <Lines key="primary" lines={profile.primaryNodes} />],
              ['A share is called', shareWord(profile.seal)],
            ]}
          />
          <Row>
            <Button
              icon="edit"
              onPress={() => onOpen(profile.id)}
              label={`Edit or test ${profile.name}`}
            >
              Edit or test
            </Button>
            <Button
              icon="clock"
              onPress={() => onShift(profile.id)}
              label={`Shift desk of ${profile.name}`}
            >
              Shift desk
            </Button>
            <Button
              icon="again"
              busy={back.busy}
              isDisabled={
                profile.primaryNodes.length === 0 ||
                profiles.some((one) => isWayBackOf(one, profile))
              }
              onPress={() => void described(profile)}
              label={`Describe the way back of ${profile.name}`}
            >
              Describe the way back
            </Button>
            <Button
              icon="trash"
              onPress={() => setRemoving(profile)}
              label={`Remove ${profile.name}`}
            >
              Remove
            </Button>
          </Row>
          <PrintScript profileId={profile.id} name={profile.name} />
        </Card>
      ))}
      {back.problem && <ProblemBox problem={back.problem} title="It was not described" />}
      {removing && (
        <Dialog
          isOpen
          onClose={() => setRemoving(undefined)}
          title={`Remove ${removing.name}?`}
          tone="danger"
          actions={
            <>
              <Button autoFocus onPress={() => setRemoving(undefined)}>
                Keep it
              </Button>
              <Button kind="danger" busy={remove.busy} onPress={() => void confirmed(removing)}>
                Remove the description
              </Button>
            </>
          }
        >
          <p>
            The addresses, the CA and the pins are removed from this machine. The cluster itself is
            not touched, and the records of its ceremonies stay.
          </p>
          {remove.problem && <ProblemBox problem={remove.problem} title="It was not removed" />}
        </Dialog>
      )}
    </Stack>
  );
}

/** More than these are found by their names. */
const shownAtOnce = 12;

function Lines({ lines }: { lines: readonly string[] }) {
  if (lines.length === 0) return 'None known';
  return lines.map((line) => <div key={line}>{line}</div>);
}
