import type { SubmitEvent } from 'react';
import { samePerson } from '../../../../../shared/ceremony/people.ts';
import type { StateIn } from '../../../../../shared/ceremony/state.ts';
import { dayAndTime } from '../../../app/time.ts';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Disclosure } from '../../../components/Disclosure/Disclosure.tsx';
import { Field } from '../../../components/Field/Field.tsx';
import { Stack } from '../../../components/Layout/Layout.tsx';
import { Notice } from '../../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { operatorOf } from '../aside/operator.ts';
import { Step } from '../frame/Step.tsx';
import { useFields } from '../use-fields.ts';
import { useView } from '../view.ts';
import { Doubts } from './Decoded.tsx';
import { HandOver } from './HandOver.tsx';
import { KeepToken } from './KeepToken.tsx';
import { TokenFate } from './TokenFate.tsx';

/** A root token is in the keychain: it is used, and revoked before anybody leaves. */
export function InHand({ state }: { state: StateIn<'in-hand'> }) {
  const { id, can, recheck, activity } = useView();
  const revoke = useCall('ceremony.delete-token');
  const end = useCall('ceremony.end');
  const { token, stored, shown } = state;
  const { fate } = token;
  const isSettled = can('end');
  const isOpen = fate.kind === 'kept' || fate.kind === 'not-deleted';

  const verb = isSettled
    ? { label: 'Close the ceremony', onDo: () => void end.run({ id }), busy: end.busy }
    : fate.kind === 'deleting'
      ? { label: 'Check with Vault', onDo: recheck.run, busy: recheck.busy }
      : {
          label: fate.kind === 'kept' ? 'Revoke the root token' : 'Try to revoke it again',
          icon: 'trash' as const,
          onDo: () => void revoke.run({ id }),
          busy: revoke.busy,
          closed: !can('delete-token'),
        };
  return (
    <Step
      owner="Operator"
      title={isSettled ? 'The root token is settled' : 'Use the root token, then revoke it'}
      lead={
        isSettled
          ? 'Nothing is left to do on the server.'
          : 'It opens everything on this server and never expires. It lies in the keychain and is not shown here.'
      }
      problem={revoke.problem ?? end.problem}
      problemTitle="That did not work"
      verb={fate.kind === 'deleting' && activity ? undefined : verb}
      below={
        isOpen && (
          <>
            <ShowToken state={state} />
            <KeepToken />
            <HandOver />
          </>
        )
      }
    >
      <TokenFate token={token} />
      {isOpen && <Doubts doubts={token.doubts} />}
      {isOpen && stored && (
        <Notice tone="warning" title={`${stored.owner} revokes it by ${dayAndTime(stored.until)}`}>
          <p>Why it is kept: {stored.why}</p>
          <p>
            Home reminds of it. “Stop safely” leaves it in the keychain; this ceremony closes once
            it is revoked.
          </p>
        </Notice>
      )}
      {shown && (
        <p>
          It was shown {shown.times === 1 ? 'once' : `${shown.times} times`}, last to {shown.to} at{' '}
          {dayAndTime(shown.at)}.
        </p>
      )}
    </Step>
  );
}

/** On a page of its own, after a second person's yes. */
function ShowToken({ state }: { state: StateIn<'in-hand'> }) {
  const { id, can } = useView();
  const open = useCall('surface.open-secret-entry');
  const fields = useFields(`${id} root token`, {
    to: operatorOf(state),
    agreedBy: state.roster.witness ?? '',
  });
  const to = fields.values.to.trim();
  const agreedBy = fields.values.agreedBy.trim();

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const second = agreedBy !== '' && !samePerson(agreedBy, to);
    if (!fields.check({ to: to !== '', agreedBy: second })) return;
    void open.run({ id, what: { kind: 'show-root-token', to, agreedBy } });
  };
  return (
    <Disclosure title="Use it: show the root token" startsOpen={!state.shown && !state.stored}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <p>
            It is shown in its own window, to one person, after a second one agreed. Both names go
            on the record. Revoke it when it was used.
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
            hint="Somebody else: it goes on the record."
            maxLength={120}
            value={fields.values.agreedBy}
            onChange={(text) => fields.set('agreedBy', text)}
            error={fields.wrong('agreedBy', 'Enter the name of a second person.')}
          />
          {open.problem && <ProblemBox problem={open.problem} title="The page did not open" />}
          <div>
            <Button type="submit" icon="eye" busy={open.busy} isDisabled={!can('show-token')}>
              Show the root token in its own window
            </Button>
          </div>
        </Stack>
      </form>
    </Disclosure>
  );
}
