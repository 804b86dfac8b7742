import { useState } from 'react';
import type { CeremonyId } from '../../../../shared/ids.ts';
import { useCall } from '../../app/use-call.ts';
import { dayAndTime } from '../../app/time.ts';
import { Button } from '../../components/Button/Button.tsx';
import { TypedNameDialog } from '../../components/Dialog/TypedNameDialog.tsx';
import { Row, Stack } from '../../components/Layout/Layout.tsx';

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
  const remove = useCall('records.delete');
  const opened = dayAndTime(openedAt);

  const close = () => {
    setAsking(false);
    remove.clear();
  };
  const confirm = async (typed: string) => {
    const result = await remove.run({ id, typed });
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
      <TypedNameDialog
        isOpen={asking}
        onClose={close}
        title="Delete this record for good?"
        name={cluster}
        keep="Keep the record"
        act="Delete the record"
        busy={remove.busy}
        problem={remove.problem}
        problemTitle="The record was not deleted"
        onConfirm={(typed) => void confirm(typed)}
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
      </TypedNameDialog>
    </Stack>
  );
}
