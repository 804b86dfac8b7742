import { isInvited } from '../../../../../shared/ceremony/invited.ts';
import type { StateIn } from '../../../../../shared/ceremony/state.ts';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Disclosure } from '../../../components/Disclosure/Disclosure.tsx';
import { Stack } from '../../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { useView } from '../view.ts';
import { MakeInvitation } from './MakeInvitation.tsx';

/** The last share landed on a holder's laptop: its answer, the encoded token, is kept there. */
export function TakeHanded({ state }: { state: StateIn<'gone' | 'superseded'> }) {
  const { can, records } = useView();
  if (!can('take-token') || !isInvited(records)) return null;
  return (
    <Disclosure
      title="A holder’s laptop has the encoded token: take it in"
      startsOpen={state.phase === 'gone' && state.tokenMayExist}
    >
      <Stack>
        <p>
          Where the last share was given from a holder’s laptop, that laptop kept Vault’s answer.
          Ask every invited holder. It shows the encoded token as QR codes or saves it as a file,
          sealed so that only this laptop can open it; then this ceremony goes on.
        </p>
        <Read what="handed-token">Read the encoded token</Read>
      </Stack>
    </Disclosure>
  );
}

/** The OTP or the key is on somebody's own laptop: the token is decoded there and comes back sealed. */
export function TakeDecoded() {
  const { can } = useView();
  if (!can('take-token')) return null;
  return (
    <Disclosure title="It is decoded on another laptop: take the token back, sealed">
      <Stack>
        <p>
          Whoever decodes it does so at the offline desk of their own Keyturn, and seals the token
          to the key in this ceremony’s invitation. In clear it never leaves that laptop. One
          invitation does for all.
        </p>
        <p>What comes back is opened here only, and the ceremony goes on.</p>
        <Read what="decoded-token">Read the decoded token</Read>
        <p>Where that laptop has no invitation of this ceremony yet, make one for it.</p>
        <MakeInvitation closed={!can('take-token')} />
      </Stack>
    </Disclosure>
  );
}

function Read({ what, children }: { what: 'handed-token' | 'decoded-token'; children: string }) {
  const { id, can, isOpen } = useView();
  const open = useCall('desk.open');
  return (
    <>
      <div>
        <Button
          icon="lock"
          busy={open.busy}
          isDisabled={!can('take-token')}
          onPress={() => void open.run({ page: 'scan', purpose: { kind: what, id } })}
        >
          {children}
        </Button>
      </div>
      <p role="status">{isOpen('scan') && 'The reading page is open in its own window.'}</p>
      {open.problem && <ProblemBox problem={open.problem} title="The page did not open" />}
    </>
  );
}
