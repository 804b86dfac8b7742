import { samePerson } from '../../../../../shared/ceremony/people.ts';
import { useState, type SubmitEvent } from 'react';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Disclosure } from '../../../components/Disclosure/Disclosure.tsx';
import { Field } from '../../../components/Field/Field.tsx';
import { Stack } from '../../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { operatorOf } from '../aside/operator.ts';
import { useFields } from '../use-fields.ts';
import { useView } from '../view.ts';

/** What can be done about the OTP while shares are given: on paper, and back from paper. */
export function Otp() {
  return (
    <Disclosure title="The OTP: write it down, or enter it from paper">
      <ShowOtp />
      <p>
        Where the keychain of this laptop has lost it, or on another laptop, the OTP can be entered
        as it was written down.
      </p>
      <div>
        <RestoreOtp />
      </div>
    </Disclosure>
  );
}

/** Enters a written-down OTP, on a page of its own. */
export function RestoreOtp() {
  const { id, can } = useView();
  const open = useCall('surface.open-secret-entry');
  return (
    <>
      <Button
        icon="lock"
        busy={open.busy}
        isDisabled={!can('restore-otp')}
        onPress={() => void open.run({ id, what: { kind: 'otp' } })}
      >
        Enter the OTP from paper
      </Button>
      {open.problem && <ProblemBox problem={open.problem} title="The page did not open" />}
    </>
  );
}

/** The OTP is a secret: showing it needs somebody who agrees, and goes on the record. */
function ShowOtp() {
  const { id, state, can } = useView();
  const open = useCall('surface.open-secret-entry');
  const witness = 'roster' in state ? (state.roster?.witness ?? '') : '';
  const fields = useFields(`${id} otp`, { to: operatorOf(state), agreedBy: witness });
  const [opened, setOpened] = useState(false);
  const { to, agreedBy } = fields.values;
  const sameTwice = samePerson(to, agreedBy);

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!fields.check({ to: to.trim() !== '', agreedBy: agreedBy.trim() !== '' && !sameTwice }))
      return;
    void open
      .run({ id, what: { kind: 'show-otp', to: to.trim(), agreedBy: agreedBy.trim() } })
      .then((result) => setOpened(result.ok));
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <p>
          On paper the OTP survives this laptop. Whoever has the paper and the encoded token has the
          DR operation token, so seal the paper, and destroy it when the ceremony has ended.
        </p>
        <Field
          label="Who sees the OTP"
          maxLength={120}
          value={to}
          onChange={(text) => fields.set('to', text)}
          error={fields.wrong('to', 'Who will see it? Enter a name.')}
        />
        <Field
          label="Who agreed"
          hint="Somebody else: it goes on the record."
          maxLength={120}
          value={agreedBy}
          onChange={(text) => fields.set('agreedBy', text)}
          error={fields.wrong('agreedBy', 'Enter the name of a second person.')}
        />
        {open.problem && <ProblemBox problem={open.problem} title="The page did not open" />}
        <div>
          <Button type="submit" icon="eye" busy={open.busy} isDisabled={!can('show-otp')}>
            Show the OTP in its own window
          </Button>
        </div>
        <p role="status">{opened && 'The OTP is shown in its own window.'}</p>
      </Stack>
    </form>
  );
}
