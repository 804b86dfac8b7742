import type { SubmitEvent } from 'react';
import { samePerson } from '../../../../shared/ceremony/people.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Field } from '../../components/Field/Field.tsx';
import { Stack } from '../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { useFields } from '../ceremony/use-fields.ts';

/** A secret is shown on a page of its own, after a second person said yes. */
export function ShowToTwo({ page, verb }: { page: 'show-opened' | 'show-new-otp'; verb: string }) {
  const open = useCall('desk.open');
  const fields = useFields(`desk ${page}`, { to: '', agreedBy: '' });
  const { to, agreedBy } = fields.values;

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const differ = !samePerson(to, agreedBy);
    if (!fields.check({ to: to.trim() !== '', agreedBy: agreedBy.trim() !== '' && differ })) return;
    void open.run({ page, to: to.trim(), agreedBy: agreedBy.trim() });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Field
          label="Who sees it"
          maxLength={120}
          value={to}
          onChange={(text) => fields.set('to', text)}
          error={fields.wrong('to', 'Who will see it? Enter a name.')}
        />
        <Field
          label="Who agreed"
          hint="Somebody else."
          maxLength={120}
          value={agreedBy}
          onChange={(text) => fields.set('agreedBy', text)}
          error={fields.wrong('agreedBy', 'Enter the name of a second person.')}
        />
        {open.problem && <ProblemBox problem={open.problem} title="The page did not open" />}
        <div>
          <Button type="submit" icon="eye" busy={open.busy}>
            {verb}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
