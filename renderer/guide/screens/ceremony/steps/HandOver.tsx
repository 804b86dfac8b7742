import { type SubmitEvent } from 'react';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Disclosure } from '../../../components/Disclosure/Disclosure.tsx';
import { Field, TextArea } from '../../../components/Field/Field.tsx';
import { Stack } from '../../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { useFields } from '../use-fields.ts';
import { useView } from '../view.ts';

/** The token stays on the server: why, and who will delete it. An open item on the record. */
export function HandOver() {
  const { id, can, state } = useView();
  const root = state.purpose === 'root-token';
  const call = useCall('ceremony.leave-token');
  const fields = useFields(`${id} hand-over`, { why: '', owner: '' });
  const { why, owner } = fields.values;
  if (!can('leave-token')) return null;

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!fields.check({ why: why.trim() !== '', owner: owner.trim() !== '' })) return;
    void call.run({ id, why: why.trim(), owner: owner.trim() });
  };
  return (
    <Disclosure title="Leave the token to a named administrator">
      <p>
        The token never expires. Keyturn forgets it, and an open item on the record names who{' '}
        {root ? 'revokes' : 'deletes'} it on the server.{' '}
        {root && 'Show it to them first: nobody can read it here afterwards.'}
      </p>
      <form onSubmit={submit} noValidate>
        <Stack>
          <TextArea
            label={root ? 'Why it was not revoked' : 'Why it was not deleted'}
            rows={2}
            maxLength={2000}
            value={why}
            onChange={(text) => fields.set('why', text)}
            error={fields.wrong(
              'why',
              root
                ? 'Why was it not revoked? Give the reason.'
                : 'Why was it not deleted? Give the reason.',
            )}
          />
          <Field
            label={root ? 'Who takes it over' : 'Who deletes it'}
            hint="An administrator of the server who has agreed to it."
            maxLength={120}
            value={owner}
            onChange={(text) => fields.set('owner', text)}
            error={fields.wrong(
              'owner',
              root ? 'Who takes it over? Enter a name.' : 'Who deletes it? Enter a name.',
            )}
          />
          {call.problem && <ProblemBox problem={call.problem} title="It was not kept" />}
          <div>
            <Button type="submit" busy={call.busy}>
              Leave the token to this person
            </Button>
          </div>
        </Stack>
      </form>
    </Disclosure>
  );
}
