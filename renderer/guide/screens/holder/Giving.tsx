import type { HolderView } from '../../../../shared/contract/holder.ts';
import { shareWord } from '../../../../shared/profile.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Row, Section, Stack } from '../../components/Layout/Layout.tsx';
import { Notice } from '../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { InvitationFound, type InvitationView } from '../offline/InvitationFound.tsx';
import { Parcel } from '../offline/Parcel.tsx';
import { Counted, SealNotice, Standing } from './Standing.tsx';
import { useLooking } from './use-holder.ts';

/** The invitation is good: how the attempt stands, and the one thing that can be done about it. */
export function Giving({ view, invitation }: { view: HolderView; invitation: InvitationView }) {
  const open = useCall('holder.open');
  const { route, sealed, seen, pending, gave } = view;
  const word = shareWord(invitation.read.site.seal);
  useLooking(route?.state === 'profile');

  const mayGive = seen?.state === 'open' && !seen.last && pending === undefined;
  const mustSeal = route?.state === 'none' || seen?.state === 'token-demanded' || isLast(view);
  const done = gave.length > 0 || sealed !== undefined;
  return (
    <Stack>
      {gave.length > 0 && <Counted gave={gave} />}
      <InvitationFound invitation={invitation} />
      {route && (
        <Section title="How the attempt stands">
          <Stack>
            {route.state === 'none' ? (
              <ProblemBox problem={route.problem} title="Vault is not reached from here" />
            ) : (
              <Standing view={view} word={word} />
            )}
            {mustSeal && !done && <SealNotice view={view} operator={invitation.read.operator} />}
          </Stack>
        </Section>
      )}
      {sealed && (
        <>
          <Notice tone="good" title={`The share of ${sealed.holder} is sealed`} announce>
            <p>
              Show these codes to {invitation.read.operator}’s laptop, or bring it the file. Nobody
              else can open it.
            </p>
          </Notice>
          <Parcel name={sealed.parcel} />
        </>
      )}
      {open.problem && <ProblemBox problem={open.problem} title="The share was not asked for" />}
      <Row>
        {mayGive && (
          <Button
            kind={done ? 'quiet' : 'primary'}
            size={done ? 'normal' : 'large'}
            icon="key"
            busy={open.busy}
            onPress={() => void open.run({ page: 'give' })}
          >
            {done ? 'Give another share to Vault' : 'Give my share to Vault'}
          </Button>
        )}
        <Button
          kind={mustSeal && !done ? 'primary' : 'quiet'}
          size={mustSeal && !done ? 'large' : 'normal'}
          icon="lock"
          busy={open.busy}
          onPress={() => void open.run({ page: 'seal' })}
        >
          {sealed ? 'Seal another share' : 'Seal my share for the operator'}
        </Button>
        <Button
          kind="plain"
          icon="eye"
          isDisabled={open.busy || pending !== undefined}
          onPress={() => void open.run({ page: 'scan' })}
        >
          Read another invitation
        </Button>
      </Row>
    </Stack>
  );
}

const isLast = ({ seen }: HolderView): boolean => seen?.state === 'open' && seen.last;
