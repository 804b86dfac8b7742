import { useEffect, type ReactNode } from 'react';
import type { Token } from '../../../../../shared/ceremony/state.ts';
import type { Problem } from '../../../../../shared/problem.ts';
import { useCall, useLoaded } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Notice } from '../../../components/Notice/Notice.tsx';
import type { Verb } from '../frame/Step.tsx';
import { useView } from '../view.ts';

/** Whether the endpoint made for the deletion asked for a Vault token when it was tried last. */
export const wantsVaultToken = ({ fate, tried }: Token): boolean =>
  fate.kind === 'not-deleted' &&
  tried.findLast(({ how }) => how === 'delete-endpoint')?.problem.code === 'vault.wants-token';

interface Deletion {
  readonly verb: Verb;
  /** The deletion as it is, where the verb is to enter a token first. */
  readonly beside: ReactNode;
  readonly problem: Problem | undefined;
  readonly problemTitle: string;
}

/**
 * The one verb of a token that is to be deleted. Where the server asked for a Vault token, that is
 * entered first: the deletion alone would be refused again.
 */
export function useDeletion(token: Token | undefined): Deletion {
  const { id, can } = useView();
  const remove = useCall('ceremony.delete-token');
  const open = useCall('surface.open-secret-entry');
  const entered = useEnteredSinceRefusal();
  const failed = token?.fate.kind === 'not-deleted';
  const again: Verb = {
    label: failed ? 'Try to delete it again' : 'Delete the token',
    icon: 'trash',
    onDo: () => void remove.run({ id }),
    busy: remove.busy,
    closed: !can('delete-token'),
  };
  const trouble = {
    problem: open.problem ?? remove.problem,
    problemTitle: open.problem ? 'The page did not open' : 'The token was not deleted',
  };
  if (!token || !wantsVaultToken(token) || entered)
    return { verb: again, beside: undefined, ...trouble };
  return {
    verb: {
      label: 'Enter the Vault token',
      icon: 'lock',
      onDo: () => void open.run({ id, what: { kind: 'vault-token' } }),
      busy: open.busy,
    },
    beside: (
      <Button
        icon="trash"
        busy={remove.busy}
        isDisabled={again.closed === true}
        onPress={again.onDo}
      >
        {again.label}
      </Button>
    ),
    ...trouble,
  };
}

/** Whether a Vault token came into memory after the last refusal: asked anew when its page closes. */
function useEnteredSinceRefusal(): boolean {
  const { id, records, isOpen } = useView();
  const { value, reload } = useLoaded('ceremony.vault-token', { id });
  const open = isOpen('secret-entry');
  useEffect(() => {
    if (!open) reload();
  }, [open, reload]);
  const refused = records.findLast(({ event }) => event.type === 'token.delete.failed');
  return value?.enteredAt !== undefined && value.enteredAt > (refused?.at ?? '');
}

/** From Vault 2.0 on the deletion may want a Vault token beside the one that is deleted. */
export function TokenForDeletion() {
  const { isOpen } = useView();
  return (
    <Notice title="The deletion may want a Vault token">
      <p>
        The operator has it: a batch token whose policy allows <code>operation-token/delete</code>,
        or a root token of the primary. It is entered in its own window and kept in memory only.
        Then try to delete the DR operation token again.
        {isOpen('secret-entry') && ' That window is open now.'}
      </p>
    </Notice>
  );
}
