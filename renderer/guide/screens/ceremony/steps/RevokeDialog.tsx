import type { StateIn } from '../../../../../shared/ceremony/state.ts';
import { dayAndTime } from '../../../app/time.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Dialog } from '../../../components/Dialog/Dialog.tsx';

export interface RevokeDialogProps {
  readonly state: StateIn<'in-hand'>;
  readonly onClose: () => void;
  readonly onRevoke: () => void;
}

/** Nobody has seen it, or somebody still wants it: whoever revokes it now is asked first. */
export function RevokeDialog({ state, onClose, onRevoke }: RevokeDialogProps) {
  const { shown, stored } = state;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      tone="danger"
      title={shown ? 'Revoke the root token now?' : 'Revoke the root token unseen?'}
      actions={
        <>
          <Button autoFocus onPress={onClose}>
            Keep it
          </Button>
          <Button kind="danger" icon="trash" onPress={onRevoke}>
            Revoke it now
          </Button>
        </>
      }
    >
      {!shown && <p>Nobody has seen it yet, so nobody can have used it.</p>}
      {stored && (
        <p>
          It is kept for {stored.owner} until {dayAndTime(stored.until)}. Why: {stored.why}
        </p>
      )}
      <p>
        A revoked token is of no use any more. Another root token takes another ceremony, with the
        key holders together again.
      </p>
    </Dialog>
  );
}
