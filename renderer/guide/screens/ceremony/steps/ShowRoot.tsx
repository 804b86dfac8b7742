import type { SubmitEvent } from 'react';
import { samePerson } from '../../../../../shared/ceremony/people.ts';
import type { StateIn } from '../../../../../shared/ceremony/state.ts';
import type { Problem } from '../../../../../shared/problem.ts';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Disclosure } from '../../../components/Disclosure/Disclosure.tsx';
import { Field } from '../../../components/Field/Field.tsx';
import { Stack } from '../../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { operatorOf } from '../aside/operator.ts';
import { useFields, type Fields } from '../use-fields.ts';
import { useView } from '../view.ts';

/** Showing the root token on a page of its own: to whom, and who agreed. */
export interface ShowRoot {
  readonly fields: Fields<'to' | 'agreedBy'>;
  /** Opens the page where both names are there; marks what is missing otherwise. */
  readonly show: () => void;
  readonly busy: boolean;
  readonly problem: Problem | undefined;
}

export function useShowRoot(state: StateIn<'in-hand'>): ShowRoot {
  const { id } = useView();
  const open = useCall('surface.open-secret-entry');
  const fields = useFields(`${id} root token`, {
    to: operatorOf(state),
    agreedBy: state.roster.witness ?? '',
  });
  const to = fields.values.to.trim();
  const agreedBy = fields.values.agreedBy.trim();
  const show = () => {
    const second = agreedBy !== '' && !samePerson(agreedBy, to);
    if (!fields.check({ to: to !== '', agreedBy: second })) return;
    void open.run({ id, what: { kind: 'show-root-token', to, agreedBy } });
  };
  return { fields, show, busy: open.busy, problem: open.problem };
}

export const showLabel = 'Show the root token in its own window';

/** Two people: the one who reads it, and the one who agreed. */
export function ShowFields({ fields }: Pick<ShowRoot, 'fields'>) {
  return (
    <Stack>
      <p>
        It is shown in its own window, to one person, after a second one agreed. Both names go on
        the record.
      </p>
      <Field
        label="Who uses it"
        maxLength={120}
        value={fields.values.to}
        onChange={(text) => fields.set('to', text)}
        error={fields.wrong('to', 'Who uses it? Enter a name.')}
      />
      <Field
        label="Who agreed"
        hint="Somebody else than the person who uses it."
        maxLength={120}
        value={fields.values.agreedBy}
        onChange={(text) => fields.set('agreedBy', text)}
        error={fields.wrong('agreedBy', 'Enter the name of a second person.')}
      />
    </Stack>
  );
}

/** Where showing it is not the step's verb: it was shown already, or its revocation failed. */
export function ShowBeside({ title, asked }: { title: string; asked: ShowRoot }) {
  const { can } = useView();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    asked.show();
  };
  return (
    <Disclosure title={title}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <ShowFields fields={asked.fields} />
          {asked.problem && <ProblemBox problem={asked.problem} title="The page did not open" />}
          <div>
            <Button type="submit" icon="eye" busy={asked.busy} isDisabled={!can('show-token')}>
              {showLabel}
            </Button>
          </div>
        </Stack>
      </form>
    </Disclosure>
  );
}
