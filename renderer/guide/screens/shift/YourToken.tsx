import type { ShiftView } from '../../../../shared/contract/shift.ts';
import { useCall } from '../../app/use-call.ts';
import { Level } from '../../components/Badge/Level.tsx';
import { Button } from '../../components/Button/Button.tsx';
import { Row, Stack } from '../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';

/** The operator's own token for the primary: entered on a page of its own, kept in memory only. */
export function YourToken({ view }: { view: ShiftView }) {
  const { profileId, practice, vaultToken } = view;
  const enter = useCall('shift.enter');
  const practise = useCall('shift.practice-token');
  const problem = enter.problem ?? practise.problem;
  return (
    <Stack>
      {vaultToken ? (
        <Level level="ok" word="Your Vault token is in memory, until the screen is locked" />
      ) : (
        <p>
          To issue one, Keyturn needs your own Vault token for the primary. It is kept in memory
          until the screen is locked, and sent to the primary only.
        </p>
      )}
      <Row>
        <Button
          icon="lock"
          kind={vaultToken ? 'quiet' : 'primary'}
          busy={enter.busy}
          onPress={() => void enter.run({ profileId, what: { kind: 'primary-token' } })}
        >
          {vaultToken ? 'Enter another Vault token' : 'Enter your Vault token'}
        </Button>
        {practice && !vaultToken && (
          <Button busy={practise.busy} onPress={() => void practise.run({ profileId })}>
            Use the practice operator&apos;s token
          </Button>
        )}
      </Row>
      {problem && <ProblemBox problem={problem} title="The token is not here" />}
    </Stack>
  );
}
