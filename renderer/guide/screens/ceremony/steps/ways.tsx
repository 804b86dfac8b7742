import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { useView } from '../view.ts';

/** Reads the state on the server again; never sends anything twice. */
export function RecheckButton() {
  const { can, recheck } = useView();
  return (
    <Button icon="again" busy={recheck.busy} isDisabled={!can('recheck')} onPress={recheck.run}>
      Check with Vault
    </Button>
  );
}

/** Ends the ceremony where nothing is left to settle on the server. */
export function EndButton({ label = 'End the ceremony here' }: { label?: string }) {
  const { id, can } = useView();
  const end = useCall('ceremony.end');
  return (
    <>
      <Button busy={end.busy} isDisabled={!can('end')} onPress={() => void end.run({ id })}>
        {label}
      </Button>
      {end.problem && <ProblemBox problem={end.problem} title="The ceremony was not ended" />}
    </>
  );
}
