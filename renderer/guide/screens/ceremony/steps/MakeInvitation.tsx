import { deskCalls } from '../../../../../shared/contract/offline.ts';
import { useDraft } from '../../../app/drafts.tsx';
import { useCall } from '../../../app/use-call.ts';
import type { Answered } from '../../../app/client.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { Fingerprint } from '../../offline/Fingerprint.tsx';
import { Parcel } from '../../offline/Parcel.tsx';
import { useView } from '../view.ts';

/** Makes an invitation and shows it until the window closes, whichever step is on the screen. */
export function MakeInvitation({ closed, onMade }: { closed: boolean; onMade?: () => void }) {
  const { id } = useView();
  const invite = useCall('parcel.invite');
  const [made, setMade] = useDraft(`${id} invitation`, undefined, isInvitation);

  const start = async () => {
    const result = await invite.run({ id, hours: 4 });
    if (!result.ok) return;
    setMade(result.value);
    onMade?.();
  };
  return (
    <>
      <div>
        <Button icon="people" busy={invite.busy} isDisabled={closed} onPress={() => void start()}>
          {made ? 'Make a new invitation' : 'Make an invitation'}
        </Button>
      </div>
      {invite.problem && <ProblemBox problem={invite.problem} title="No invitation was made" />}
      {made && (
        <>
          <Parcel name={made.parcel} />
          <Fingerprint
            title="Whose invitation it is"
            lead="Whoever’s laptop does not know this one compares every word by voice, on a number that both knew before."
            words={made.signer.words}
            hex={made.signer.fingerprint}
          />
        </>
      )}
    </>
  );
}

type Made = Answered<'parcel.invite'> | undefined;
const isInvitation = (value: unknown): value is Made =>
  deskCalls['parcel.invite'].reply.safeParse(value).success;
