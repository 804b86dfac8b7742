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
import { SigningKey } from './SigningKey.tsx';

/** A PIN or a key makes the second person at Promote more than a typed name. */
export function SecondPerson({ state }: { state: StateIn<'ready'> }) {
  const { id, can, isOpen } = useView();
  const open = useCall('surface.open-secret-entry');
  const fields = useFields(`${id} second person`, {
    person: state.pin?.person ?? state.signingKey?.person ?? state.roster.witness ?? '',
  });
  const person = fields.values.person.trim();
  const required = inForce(state, 'second-person-authenticated');
  const isOperator =
    samePerson(person, state.roster.operator) && inForce(state, 'second-person-is-not-operator');
  const named = () => fields.check({ person: person !== '' && !isOperator });

  const enter = () => {
    if (!named()) return;
    void open.run({ id, what: { kind: 'pin', person } });
  };
  return (
    <Disclosure title={titleOf(state, required)} startsOpen={required && !isSet(state)}>
      <p>
        With a PIN or an OpenPGP key of their own, the record says of the second person how they
        proved who they are. Without one it says “name typed, not authenticated”. It can be set
        until the attempt is started; the last one set counts.
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
      <Disclosure title="Or an OpenPGP key: a signature at Promote">
        <SigningKey state={state} person={person} named={named} />
      </Disclosure>
    </Disclosure>
  );
}

const isSet = ({ pin, signingKey }: StateIn<'ready'>): boolean =>
  pin !== undefined || signingKey !== undefined;

function titleOf({ pin, signingKey }: StateIn<'ready'>, required: boolean): string {
  if (pin) return `The second person at Promote: ${pin.person} has set a PIN`;
  if (signingKey)
    return `The second person at Promote: ${signingKey.person} has set an OpenPGP key`;
  return `The second person at Promote: set a PIN or a key (${required ? 'required here' : 'may be left out'})`;
}
