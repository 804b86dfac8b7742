import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Notice } from '../../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { useView } from '../view.ts';

/** From Vault 2.0 on the deletion may want a Vault token beside the one that is deleted. */
export function TokenForDeletion() {
  const { id, isOpen } = useView();
  const open = useCall('surface.open-secret-entry');
  return (
    <Notice
      title="The deletion may want a Vault token"
      actions={
        <Button
          icon="lock"
          busy={open.busy}
          onPress={() => void open.run({ id, what: { kind: 'vault-token' } })}
        >
          Enter the Vault token
        </Button>
      }
    >
      <p>
        The operator has it: a batch token whose policy allows <code>operation-token/delete</code>,
        or a root token of the primary. It is entered in its own window and kept in memory only.
        Then try to delete the DR operation token again.
        {isOpen('secret-entry') && ' That window is open now.'}
      </p>
      {open.problem && <ProblemBox problem={open.problem} title="The page did not open" />}
    </Notice>
  );
}
