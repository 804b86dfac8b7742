import { useState } from 'react';
import type { ShiftView } from '../../../../shared/contract/shift.ts';
import { namesSchema } from '../../../../shared/shift/setup.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Disclosure } from '../../components/Disclosure/Disclosure.tsx';
import { Field } from '../../components/Field/Field.tsx';
import { Row, Stack } from '../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';

/** For a site whose primary calls the policy or the role something else. Both are compared again then. */
export function Names({
  profileId,
  names,
}: {
  profileId: ShiftView['profileId'];
  names: NonNullable<ShiftView['shift']>['names'];
}) {
  const call = useCall('shift.set-names');
  const [policy, setPolicy] = useState<string>(names.policy);
  const [role, setRole] = useState<string>(names.role);
  const read = namesSchema.safeParse({ policy: policy.trim(), role: role.trim() });
  const isSame = policy.trim() === names.policy && role.trim() === names.role;
  const errorOf = (name: 'policy' | 'role'): string | undefined =>
    read.error?.issues.some(({ path }) => path[0] === name)
      ? 'Small letters, digits, dots, dashes and underscores; it begins with a letter or a digit.'
      : undefined;
  return (
    <Disclosure title="Other names for the policy and the role">
      <Stack>
        <p>
          Where the primary has a policy and a role for this already, enter what they are called
          there. Nothing is renamed on the primary; both are compared again under the new names.
        </p>
        <Field
          label="Name of the policy"
          mono
          value={policy}
          onChange={setPolicy}
          error={errorOf('policy')}
          maxLength={100}
        />
        <Field
          label="Name of the token role"
          mono
          value={role}
          onChange={setRole}
          error={errorOf('role')}
          maxLength={100}
        />
        <Row>
          <Button
            busy={call.busy}
            isDisabled={!read.success || isSame}
            onPress={() => read.success && void call.run({ profileId, names: read.data })}
          >
            Use these names
          </Button>
        </Row>
        {call.problem && <ProblemBox problem={call.problem} title="The names were not changed" />}
      </Stack>
    </Disclosure>
  );
}
