import type { Purpose } from '../../../../shared/ceremony/purpose.ts';
import type { AppInfo } from '../../../../shared/contract/guide.ts';
import type { Profile } from '../../../../shared/profile.ts';
import type { Go } from '../../app/place.ts';
import { useStartCeremony } from '../../app/use-start-ceremony.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Row, Section, Stack } from '../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { Waiting } from '../../components/Waiting/Waiting.tsx';

/** What can be begun for a described cluster. It goes by what is saved, not by what stands in the form. */
export function BeginHere(props: { profile: Profile; changed: boolean; info: AppInfo; go: Go }) {
  const { profile, changed, info, go } = props;
  const start = useStartCeremony(go);
  const { state } = info.keychain;
  const closed = whyClosed(changed, info.realClustersAllowed, state);
  return (
    <Section title="Ceremonies of this cluster">
      {purposes.map(({ purpose, label, about }) => (
        <Stack key={purpose} gap="tight">
          <p>{about}</p>
          <Row>
            <Button
              isDisabled={closed !== undefined || start.doing !== undefined}
              onPress={() => start.open(profile.id, purpose)}
              label={`${label} of ${profile.name}`}
              {...(closed ? { describedBy: 'begin-closed' } : {})}
            >
              {label}
            </Button>
          </Row>
        </Stack>
      ))}
      {closed && <p id="begin-closed">{closed}</p>}
      {start.doing && <Waiting doing={start.doing} />}
      {start.problem && <ProblemBox problem={start.problem} title="The ceremony did not open" />}
    </Section>
  );
}

const purposes = [
  {
    purpose: 'dr-operation-token',
    label: 'Failover',
    about: 'The primary is lost: this DR secondary is promoted in its place.',
  },
  {
    purpose: 'root-token',
    label: 'Root token',
    about:
      'Key holders make a root token of the cluster at these nodes. It is used, and revoked before anybody leaves.',
  },
  {
    purpose: 'unseal',
    label: 'Unseal',
    about:
      'Key holders open the sealed nodes, one after the other. A cluster that unseals itself needs its key service instead.',
  },
] as const satisfies readonly { purpose: Purpose; label: string; about: string }[];

/** In a sentence; `undefined`: they are open. */
function whyClosed(
  changed: boolean,
  realAllowed: boolean,
  keychain: AppInfo['keychain']['state'],
): string | undefined {
  if (!realAllowed)
    return 'Closed in this window: connecting to a real cluster needs the start option --allow-real-cluster.';
  if (keychain !== 'working' && keychain !== 'memory')
    return 'Closed until the keychain works: Home says what is missing.';
  if (changed) return 'Save the changes first: a ceremony goes by the description as it was saved.';
  return undefined;
}
