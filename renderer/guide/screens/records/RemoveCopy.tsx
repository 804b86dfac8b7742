import { useState } from 'react';
import type { ForeignId } from '../../../../shared/ids.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Dialog } from '../../components/Dialog/Dialog.tsx';
import { Row } from '../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';

interface RemoveCopyProps {
  readonly id: ForeignId;
  /** The cluster's name, or that of the file. */
  readonly name: string;
  readonly onGone: () => void;
}

/** A copy may be the only place where a signature is that was added to it here: so it is asked for. */
export function RemoveCopy({ id, name, onGone }: RemoveCopyProps) {
  const [asking, setAsking] = useState(false);
  const remove = useCall('records.remove-foreign');
  const close = () => {
    setAsking(false);
    remove.clear();
  };
  const gone = async () => {
    const result = await remove.run({ id });
    if (result.ok) onGone();
  };
  return (
    <>
      <Row>
        <Button kind="danger" icon="trash" onPress={() => setAsking(true)}>
          Remove the copy
        </Button>
      </Row>
      <Dialog
        isOpen={asking}
        onClose={close}
        tone="danger"
        title="Remove this copy?"
        actions={
          <>
            <Button autoFocus onPress={close}>
              Keep the copy
            </Button>
            <Button kind="danger" busy={remove.busy} onPress={() => void gone()}>
              Remove the copy
            </Button>
          </>
        }
      >
        <p>
          What is lost: the copy of {name}, and the signatures that were added to it here, unless
          they were exported. The file that it came from, and what was exported, stay as they are.
        </p>
        {remove.problem && <ProblemBox problem={remove.problem} title="It was not removed" />}
      </Dialog>
    </>
  );
}
