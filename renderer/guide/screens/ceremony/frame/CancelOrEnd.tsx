import { useState } from 'react';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Dialog } from '../../../components/Dialog/Dialog.tsx';
import { TypedNameDialog } from '../../../components/Dialog/TypedNameDialog.tsx';
import { Disclosure } from '../../../components/Disclosure/Disclosure.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { useView } from '../view.ts';
import { LeaveDialog } from './LeaveDialog.tsx';

/** The loud way out, away from "Stop safely": cancelling on the server, or ending where nothing is open. */
export function CancelOrEnd() {
  const { can, state } = useView();
  const [asking, setAsking] = useState<'cancel' | 'end' | 'leave'>();
  const early = state.phase === 'preflight' || state.phase === 'roster' || state.phase === 'ready';
  const mayEnd = early && can('end');
  if (!can('cancel') && !mayEnd && !can('leave')) return null;
  return (
    <>
      <Disclosure title={can('cancel') ? 'Cancel' : 'End'}>
        {can('cancel') && (
          <Button kind="danger" icon="cross" onPress={() => setAsking('cancel')}>
            Cancel the attempt
          </Button>
        )}
        {mayEnd && <Button onPress={() => setAsking('end')}>End the ceremony</Button>}
        {can('leave') && <Button onPress={() => setAsking('leave')}>Leave it unfinished</Button>}
      </Disclosure>
      <CancelDialog isOpen={asking === 'cancel'} onClose={() => setAsking(undefined)} />
      {asking === 'leave' && <LeaveDialog onClose={() => setAsking(undefined)} />}
      <EndDialog isOpen={asking === 'end'} onClose={() => setAsking(undefined)} />
    </>
  );
}

function CancelDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { id, state } = useView();
  const cancel = useCall('ceremony.cancel');
  const close = () => {
    cancel.clear();
    onClose();
  };
  return (
    <TypedNameDialog
      isOpen={isOpen}
      onClose={close}
      title="Cancel the attempt for everybody?"
      name={state.cluster.name}
      keep="Keep the attempt"
      act="Cancel the attempt"
      busy={cancel.busy}
      problem={cancel.problem}
      problemTitle="The attempt was not cancelled"
      onConfirm={(typed) => void cancel.run({ id, typed }).then((result) => result.ok && close())}
    >
      <p>
        The server has one attempt, and everybody shares it. Cancelling ends it for all of them: the
        shares given so far count for nothing, and nonce and OTP are no longer good for anything.
      </p>
      <p>
        The nonce is read again first. If it is another attempt, that one is left alone. To pause
        instead, close this and choose “Stop safely”.
      </p>
    </TypedNameDialog>
  );
}

function EndDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { id } = useView();
  const end = useCall('ceremony.end');
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title="End this ceremony?"
      actions={
        <>
          <Button autoFocus onPress={onClose}>
            Go on with it
          </Button>
          <Button busy={end.busy} onPress={() => void end.run({ id })}>
            End the ceremony
          </Button>
        </>
      }
    >
      <p>
        No attempt of this ceremony is open on the server, and no token was made. The record so far
        is kept. An ended ceremony cannot be taken up again; a new one can be opened at any time.
      </p>
      {end.problem && <ProblemBox problem={end.problem} title="The ceremony was not ended" />}
    </Dialog>
  );
}
