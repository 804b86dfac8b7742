import type { StateIn } from '../../../../../shared/ceremony/state.ts';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Step } from '../frame/Step.tsx';
import { useView } from '../view.ts';
import { HandOver } from './HandOver.tsx';
import { TokenFate } from './TokenFate.tsx';
import { useDeletion } from './TokenForDeletion.tsx';

/** On the way out before promote: the token is deleted, or somebody takes it over. */
export function LeavingToken({ state }: { state: StateIn<'decoded'> }) {
  const { id, can, recheck, activity, isOpen } = useView();
  const end = useCall('ceremony.end');
  const open = useCall('surface.open-promote');
  const { fate } = state.token;
  const deletion = useDeletion(state.token);
  const isSettled = can('end');

  const verb = isSettled
    ? {
        label: 'End without promoting',
        onDo: () => void end.run({ id }),
        busy: end.busy,
      }
    : fate.kind === 'deleting'
      ? {
          label: 'Check with Vault',
          onDo: recheck.run,
          busy: recheck.busy,
          closed: !can('recheck'),
        }
      : deletion.verb;
  const underWay = fate.kind === 'deleting' && activity !== undefined;

  return (
    <Step
      owner="Operator"
      title={isSettled ? 'Leave without promoting' : 'Delete the token before leaving'}
      lead={
        isSettled
          ? 'Nothing was promoted. The cluster is a DR secondary as before.'
          : 'The token still opens the DR endpoints of this cluster, and never expires.'
      }
      problem={end.problem ?? deletion.problem ?? open.problem}
      verb={underWay ? undefined : verb}
      ways={
        !isSettled && (
          <>
            {deletion.beside}
            {can('promote') && (
              <Button icon="flag" busy={open.busy} onPress={() => void open.run({ id })}>
                {isOpen('promote') ? 'Show the promote page' : 'Promote after all'}
              </Button>
            )}
          </>
        )
      }
      below={<HandOver />}
    >
      <TokenFate token={state.token} />
    </Step>
  );
}
