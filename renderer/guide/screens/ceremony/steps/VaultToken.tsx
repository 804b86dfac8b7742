import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Notice } from '../../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { useView } from '../view.ts';

/** Vault 2.0 and newer ask for a Vault token beside the shares: entered on a page of its own. */
export function VaultToken() {
  const { id, isOpen } = useView();
  const open = useCall('surface.open-secret-entry');
  const enter = () => void open.run({ id, what: { kind: 'vault-token' } });
  return (
    <Notice
      title="This server asks for a Vault token beside the shares"
      actions={
        <Button icon="lock" busy={open.busy} onPress={enter}>
          Enter the Vault token
        </Button>
      }
    >
      <p>
        The operator has it, not the holders: a DR batch token, or a root token of the primary. It
        is entered in its own window and kept in memory only.
        {isOpen('secret-entry') && ' That window is open now.'}
      </p>
      {open.problem && <ProblemBox problem={open.problem} title="The page did not open" />}
    </Notice>
  );
}
