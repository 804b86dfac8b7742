import { leftOpen } from '../../../../../shared/ceremony/fold.ts';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Dialog } from '../../../components/Dialog/Dialog.tsx';
import { Field } from '../../../components/Field/Field.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { operatorOf } from '../aside/operator.ts';
import { useFields } from '../use-fields.ts';
import { useView } from '../view.ts';

/** The way out where the server cannot be settled any more: what stays open is named, and goes on the record. */
export function LeaveDialog({ onClose }: { onClose: () => void }) {
  const { id, state } = useView();
  const leave = useCall('ceremony.leave');
  const fields = useFields(`${id} leave`, { by: operatorOf(state), why: '' });
  const { by, why } = fields.values;

  const confirm = () => {
    if (!fields.check({ by: by.trim() !== '', why: why.trim() !== '' })) return;
    void leave.run({ id, by: by.trim(), why: why.trim() });
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      tone="danger"
      title="Leave this ceremony unfinished?"
      actions={
        <>
          <Button onPress={onClose}>Go on with it</Button>
          <Button kind="danger" busy={leave.busy} onPress={confirm}>
            Leave it unfinished
          </Button>
        </>
      }
    >
      <p>
        {leftOpen(state)} That stays an open item on the record. What this laptop keeps for the
        ceremony in its keychain is removed, and it cannot be taken up again.
      </p>
      <p>To pause instead, close this and choose “Stop safely”.</p>
      <Field
        label="Why it is left"
        maxLength={2000}
        value={why}
        onChange={(text) => fields.set('why', text)}
        error={fields.wrong('why', 'Say why, for whoever reads the record.')}
      />
      <Field
        label="Who leaves it"
        maxLength={120}
        value={by}
        onChange={(text) => fields.set('by', text)}
        error={fields.wrong('by', 'Enter a name.')}
      />
      {leave.problem && <ProblemBox problem={leave.problem} title="The ceremony was not ended" />}
    </Dialog>
  );
}
