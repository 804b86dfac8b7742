import { useState } from 'react';
import type { ProfileId } from '../../../../shared/ids.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Disclosure } from '../../components/Disclosure/Disclosure.tsx';
import { Field } from '../../components/Field/Field.tsx';
import { Row, Stack } from '../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';

/** Hands over to the next shift; or ends it with nobody going on. */
export function HandOver({ profileId, by }: { profileId: ProfileId; by: string }) {
  const over = useCall('shift.hand-over');
  const end = useCall('shift.end');
  const [to, setTo] = useState('');
  const problem = over.problem ?? end.problem;
  return (
    <Stack>
      <p>
        This record ends, signed, and the next one begins with the tokens that are left. The next
        shift then issues its own token and forgets this one.
      </p>
      <Field label="Who goes on" value={to} onChange={setTo} maxLength={120} />
      <Row>
        <Button
          busy={over.busy}
          isDisabled={to.trim() === ''}
          onPress={() => void over.run({ profileId, by, to })}
        >
          Hand over the shift
        </Button>
      </Row>
      <Disclosure title="Nobody goes on">
        <Stack>
          <p>
            The shift ends. Tokens that are kept stay in the keychain until they expire, and the
            record says that nobody looks after them: nobody is warned of their end.
          </p>
          <Row>
            <Button kind="danger" busy={end.busy} onPress={() => void end.run({ profileId, by })}>
              End the shift
            </Button>
          </Row>
        </Stack>
      </Disclosure>
      {problem && <ProblemBox problem={problem} title="The shift did not end" />}
    </Stack>
  );
}
