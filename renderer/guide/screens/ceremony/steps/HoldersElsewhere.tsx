import { deskCalls } from '../../../../../shared/contract/offline.ts';
import { useDraft } from '../../../app/drafts.tsx';
import { useCall } from '../../../app/use-call.ts';
import type { Answered } from '../../../app/client.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Disclosure } from '../../../components/Disclosure/Disclosure.tsx';
import { Stack } from '../../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { Parcel } from '../../offline/Parcel.tsx';
import { Fingerprint } from '../../offline/Fingerprint.tsx';
import { useView } from '../view.ts';

/**
 * For holders who sit elsewhere: the invitation goes there, the sealed share comes back. It stays open,
 * with its codes, while one share after the other is given.
 */
export function HoldersElsewhere({ owner }: { owner: string | undefined }) {
  const { id, can, isOpen } = useView();
  const invite = useCall('parcel.invite');
  const open = useCall('desk.open');
  const [made, setMade] = useDraft(`${id} invitation`, undefined, isInvitation);
  const [used, setUsed] = useDraft(`${id} holders elsewhere`, false, isFlag);

  const start = async () => {
    const result = await invite.run({ id, hours: 4 });
    if (!result.ok) return;
    setMade(result.value);
    setUsed(true);
  };
  return (
    <Disclosure title="A holder is elsewhere: invite, and take a sealed share" startsOpen={used}>
      <Stack>
        <p>
          The invitation says which attempt is meant and which key a share may be sealed to. It has
          no secret and stands for four hours. The holder reads it at the offline desk of their own
          Keyturn.
          {owner !== undefined &&
            ` It says that ${owner} started the attempt, and alone can read its token.`}
        </p>
        <div>
          <Button
            icon="people"
            busy={invite.busy}
            isDisabled={!can('give-share')}
            onPress={() => void start()}
          >
            {made ? 'Make a new invitation' : 'Make an invitation'}
          </Button>
        </div>
        {invite.problem && <ProblemBox problem={invite.problem} title="No invitation was made" />}
        {made && (
          <>
            <Parcel name={made.parcel} />
            <Fingerprint
              title="Whose invitation it is"
              lead="A holder whose laptop does not know this one compares every word by voice, on a number that both knew before."
              words={made.signer.words}
              hex={made.signer.fingerprint}
            />
          </>
        )}
        <p>
          The holder’s laptop shows the sealed share as QR codes, or saves it as a file. It is
          opened here, once, and given to Vault like any other share.
        </p>
        <div>
          <Button
            icon="lock"
            busy={open.busy}
            isDisabled={!can('give-share')}
            onPress={() => {
              setUsed(true);
              void open.run({ page: 'scan', purpose: { kind: 'sealed-share', id } });
            }}
          >
            Read a sealed share
          </Button>
        </div>
        <p role="status">{isOpen('scan') && 'The reading page is open in its own window.'}</p>
        {open.problem && <ProblemBox problem={open.problem} title="The page did not open" />}
      </Stack>
    </Disclosure>
  );
}

type Made = Answered<'parcel.invite'> | undefined;
const isInvitation = (value: unknown): value is Made =>
  deskCalls['parcel.invite'].reply.safeParse(value).success;
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';
