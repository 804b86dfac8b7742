import { useState } from 'react';
import type { CeremonyId } from '../../../../shared/ids.ts';
import { useCall } from '../../app/use-call.ts';
import { dayAndTime } from '../../app/time.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Dialog } from '../../components/Dialog/Dialog.tsx';
import { Field } from '../../components/Field/Field.tsx';
import { Row, Stack } from '../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';

interface DeleteRecordProps {
  readonly id: CeremonyId;
  /** What it is the record of, in the middle of a sentence: "ceremony". */
  readonly noun: string;
  readonly cluster: string;
  readonly openedAt: string;
  readonly openItems: number;
  readonly onDeleted: (sentence: string) => void;
}

/** The one thing here that cannot be taken back: it says what is lost, and asks for the cluster's name. */
export function DeleteRecord({
  id,
  noun,
  cluster,
  openedAt,
  openItems,
  onDeleted,
}: DeleteRecordProps) {
  const [asking, setAsking] = useState(false);
  const [typed, setTyped] = useState('');
  const remove = useCall('records.delete');
  const opened = dayAndTime(openedAt);

  const close = () => {
    setAsking(false);
    setTyped('');
    remove.clear();
  };
  const confirm = async () => {
    const result = await remove.run({ id, typed: typed.trim() });
    if (result.ok) onDeleted(`The record of ${cluster}, ${opened}, was deleted.`);
  };

  return (
    <Stack>
      <p>The record is the only proof of what was done. An exported copy stays where it is.</p>
      <Row>
        <Button kind="danger" icon="trash" onPress={() => setAsking(true)}>
          Delete the record
        </Button>
      </Row>
      <Dialog
        isOpen={asking}
        onClose={close}
        tone="danger"
        title="Delete this record for good?"
        actions={
          <>
            <Button onPress={close}>Keep the record</Button>
            <Button
              kind="danger"
              isDisabled={typed.trim() !== cluster}
              busy={remove.busy}
              onPress={() => void confirm()}
            >
              Delete the record
            </Button>
          </>
        }
      >
        <p>
          What is lost: who did what and when in the {noun} of {opened} for {cluster}, its notes,
          deviations and hashes, and with them every proof that nothing was changed. Nothing brings
          it back. Vault is not touched.
        </p>
        {openItems > 0 && (
          <p>
            It still has {openItems === 1 ? 'an open item' : `${openItems} open items`}: after this,
            nothing here reminds anybody of it.
          </p>
        )}
        <Field
          label="Name of the cluster"
          hint={`Type ${cluster} to open the button.`}
          value={typed}
          onChange={setTyped}
          autoFocus
        />
        {remove.problem && (
          <ProblemBox problem={remove.problem} title="The record was not deleted" />
        )}
      </Dialog>
    </Stack>
  );
}
