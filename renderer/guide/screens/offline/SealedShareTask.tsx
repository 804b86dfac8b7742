import type { DeskView } from '../../../../shared/contract/offline.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Stack } from '../../components/Layout/Layout.tsx';
import { Notice } from '../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';

/** Whose sealed share it is and whether it can be opened here. It is given to Vault in its ceremony. */
export function SealedShareTask({ view: { checked } }: { view: DeskView }) {
  const open = useCall('desk.open');
  return (
    <Stack>
      {checked && (
        <Notice tone="good" title="This laptop can open it" announce>
          <p>
            {checked.holder} sealed it for the ceremony {checked.ceremony}. It was not sent and not
            used up: read it there to give it to Vault.
          </p>
        </Notice>
      )}
      {open.problem && <ProblemBox problem={open.problem} title="The page did not open" />}
      <div>
        <Button
          kind={checked ? 'quiet' : 'primary'}
          icon="eye"
          busy={open.busy}
          onPress={() => void open.run({ page: 'scan', purpose: { kind: 'check-sealed-share' } })}
        >
          {checked ? 'Read another sealed share' : 'Read the sealed share'}
        </Button>
      </div>
    </Stack>
  );
}
