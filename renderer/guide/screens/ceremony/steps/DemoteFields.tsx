import { samePerson } from '../../../../../shared/ceremony/people.ts';
import { Field } from '../../../components/Field/Field.tsx';
import { Stack } from '../../../components/Layout/Layout.tsx';
import { operatorOf } from '../aside/operator.ts';
import { useFields, type Fields } from '../use-fields.ts';
import { useView } from '../view.ts';

/** What a demotion asks for before the token: the cluster's name, and two people. */
export interface DemoteOrder {
  readonly typed: string;
  readonly by: string;
  readonly secondPerson: string;
}

export interface DemoteHandle {
  readonly cluster: string;
  readonly fields: Fields<keyof DemoteOrder>;
  /** Marks what is wrong. `undefined`: something is still to be filled in. */
  readonly order: () => DemoteOrder | undefined;
}

export function useDemoteFields(): DemoteHandle {
  const { id, state } = useView();
  const { name } = state.cluster;
  const witness = 'roster' in state ? (state.roster?.witness ?? '') : '';
  const fields = useFields(`${id} demote`, {
    typed: '',
    by: operatorOf(state),
    secondPerson: witness,
  });
  const { typed, by, secondPerson } = fields.values;
  const order = () => {
    const right = {
      typed: typed.trim() === name,
      by: by.trim() !== '',
      secondPerson: secondPerson.trim() !== '' && !samePerson(by, secondPerson),
    };
    return fields.check(right)
      ? { typed: typed.trim(), by: by.trim(), secondPerson: secondPerson.trim() }
      : undefined;
  };
  return { cluster: name, fields, order };
}

/** The same at every place where an old primary is demoted. */
export function DemoteFields({ demotion: { cluster, fields } }: { demotion: DemoteHandle }) {
  const { typed, by, secondPerson } = fields.values;
  return (
    <Stack>
      <Field
        label={`The cluster’s name, to be sure: ${cluster}`}
        maxLength={80}
        value={typed}
        onChange={(text) => fields.set('typed', text)}
        error={fields.wrong('typed', `Type ${cluster}, exactly as it stands on top.`)}
      />
      <Field
        label="Who demotes it"
        maxLength={120}
        value={by}
        onChange={(text) => fields.set('by', text)}
        error={fields.wrong('by', 'Who demotes it? Enter a name.')}
      />
      <Field
        label="Second person who agrees to the demotion"
        maxLength={120}
        value={secondPerson}
        onChange={(text) => fields.set('secondPerson', text)}
        error={fields.wrong('secondPerson', 'Enter the name of another person.')}
      />
    </Stack>
  );
}
