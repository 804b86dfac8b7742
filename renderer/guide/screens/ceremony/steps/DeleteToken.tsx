import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { useView } from '../view.ts';

/** Deletes the DR operation token on the server, by every way there is; then here. */
export function DeleteToken({ label, danger = false }: { label: string; danger?: boolean }) {
  const { id, can } = useView();
  const call = useCall('ceremony.delete-token');
  return (
    <>
      <div>
        <Button
          kind={danger ? 'danger' : 'quiet'}
          icon="trash"
          busy={call.busy}
          isDisabled={!can('delete-token')}
          onPress={() => void call.run({ id })}
        >
          {label}
        </Button>
      </div>
      {call.problem && <ProblemBox problem={call.problem} title="The token was not deleted" />}
    </>
  );
}
