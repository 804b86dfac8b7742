import { inForce } from '../../../../../shared/ceremony/in-force.ts';
import { samePerson } from '../../../../../shared/ceremony/people.ts';
import type { StateIn } from '../../../../../shared/ceremony/state.ts';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Disclosure } from '../../../components/Disclosure/Disclosure.tsx';
import { Field } from '../../../components/Field/Field.tsx';
import { Row } from '../../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { useFields } from '../use-fields.ts';
import { useView } from '../view.ts';

/** A PIN makes the second person at Promote more than a typed name. It is set on a page of its own. */
export function SecondPerson({ state }: { state: StateIn<'ready'> }) {
  const { id, can, isOpen } = useView();
  const open = useCall('surface.open-secret-entry');
  const fields = useFields(`${id} second person`, {
    person: state.pin?.person ?? state.roster.witness ?? '',
  });
  const person = fields.values.person.trim();
  const required = inForce(state, 'second-person-authenticated');
  const isOperator =
    samePerson(person, state.roster.operator) && inForce(state, 'second-person-is-not-operator');

  const enter = () => {
    if (!fields.check({ person: person !== '' && !isOperator })) return;
    void open.run({ id, what: { kind: 'pin', person } });
  };
  return (
    <Disclosure
      title={
        state.pin
          ? `The second person at Promote: ${state.pin.person} has set a PIN`
          : `The second person at Promote: set a PIN (${required ? 'required here' : 'may be left out'})`
      }
      startsOpen={required && !state.pin}
    >
      <p>
        With a PIN, the record says of the second person “PIN set at roster”. Without one it says
        “name typed, not authenticated”. It can be set until the attempt is started.
      </p>
      <Field
        label="Second person"
        hint="Somebody other than the operator, most often the witness."
        maxLength={120}
        value={fields.values.person}
        onChange={(text) => fields.set('person', text)}
        error={fields.wrong(
          'person',
          isOperator ? 'The second person is not the operator.' : 'Enter the second person’s name.',
        )}
      />
      <Row>
        <Button icon="lock" busy={open.busy} isDisabled={!can('set-pin')} onPress={enter}>
          {state.pin ? 'Set another PIN' : 'Set a PIN'}
        </Button>
        <span role="status">{isOpen('secret-entry') && 'The page is open in its own window.'}</span>
      </Row>
      {open.problem && <ProblemBox problem={open.problem} title="The page did not open" />}
    </Disclosure>
  );
}
