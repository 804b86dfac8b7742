import { useState } from 'react';
import type { ProfileId } from '../../../../shared/ids.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Disclosure } from '../../components/Disclosure/Disclosure.tsx';
import { Field } from '../../components/Field/Field.tsx';
import { Row, Stack } from '../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';

/** A batch token that was issued elsewhere: named here, entered on a page of its own. */
export function PasteToken({ profileId, by }: { profileId: ProfileId; by: string }) {
  const enter = useCall('shift.enter');
  const [label, setLabel] = useState('');
  return (
    <Disclosure title="Bring a batch token from elsewhere">
      <Stack>
        <Field
          label="What to call the token you bring"
          hint="For example: From the safe"
          value={label}
          onChange={setLabel}
          maxLength={80}
        />
        <Row>
          <Button
            icon="lock"
            busy={enter.busy}
            isDisabled={label.trim() === ''}
            onPress={() => void enter.run({ profileId, what: { kind: 'batch-token', label, by } })}
          >
            Enter the batch token
          </Button>
        </Row>
        {enter.problem && <ProblemBox problem={enter.problem} title="The page did not open" />}
      </Stack>
    </Disclosure>
  );
}
