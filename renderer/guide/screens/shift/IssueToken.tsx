import { useState } from 'react';
import { ttlRange } from '../../../../shared/contract/shift.ts';
import type { ProfileId } from '../../../../shared/ids.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Field } from '../../components/Field/Field.tsx';
import { Row, Stack } from '../../components/Layout/Layout.tsx';
import { Notice } from '../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';

/** Issues a batch token on the primary. It cannot be taken back, and the screen says so first. */
export function IssueToken({ profileId, by }: { profileId: ProfileId; by: string }) {
  const issue = useCall('shift.issue');
  const [label, setLabel] = useState('');
  const [hours, setHours] = useState('8');
  const ttlSeconds = Math.round(Number(hours.replace(',', '.')) * 3600);
  const isTime = ttlSeconds >= ttlRange.shortest && ttlSeconds <= ttlRange.longest;
  return (
    <Stack>
      <Notice title="A batch token cannot be renewed and cannot be revoked">
        <p>
          Vault keeps no list of batch tokens: each one ends by itself, or with its policy. So it is
          issued for one shift, and the next shift issues its own.
        </p>
      </Notice>
      <Field
        label="What to call it"
        hint="For example: Night of 23 November"
        value={label}
        onChange={setLabel}
        maxLength={80}
      />
      <Field
        label="Valid for how many hours"
        value={hours}
        onChange={setHours}
        error={isTime ? undefined : 'A number of hours, at most 744.'}
        inputMode="numeric"
        width="short"
        maxLength={6}
      />
      <Row>
        <Button
          kind="primary"
          icon="key"
          busy={issue.busy}
          isDisabled={!isTime || label.trim() === ''}
          onPress={() =>
            void issue.run({ profileId, label, by, ttlSeconds }).then((result) => {
              if (result.ok) setLabel('');
            })
          }
        >
          Issue the batch token
        </Button>
      </Row>
      {issue.problem && (
        <ProblemBox problem={issue.problem} title="No batch token was issued and proved" />
      )}
    </Stack>
  );
}
