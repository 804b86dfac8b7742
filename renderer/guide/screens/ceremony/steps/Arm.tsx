import { useState } from 'react';
import { demotedHere } from '../../../../../shared/ceremony/fencing.ts';
import { heldBack } from '../../../../../shared/ceremony/in-force.ts';
import type { StateIn } from '../../../../../shared/ceremony/state.ts';
import type { BatchTokenId } from '../../../../../shared/shift/batch-token.ts';
import { dayAndTime } from '../../../app/time.ts';
import { useCall, useLoaded } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { RadioGroup } from '../../../components/Choice/Choice.tsx';
import { Notice } from '../../../components/Notice/Notice.tsx';
import { Step } from '../frame/Step.tsx';
import { useView } from '../view.ts';
import { needsReason, ToPromote } from './Decoded.tsx';
import { FencingForm, useFencing } from './Fencing.tsx';
import { SecondPerson } from './SecondPerson.tsx';
import { OtherWay, Way } from './Way.tsx';

/** Way A: which kept batch token promote will be sent with. The longest-lived is chosen to begin with. */
export function Arm({ state }: { state: StateIn<'ready'> }) {
  const { id, can, show } = useView();
  const arm = useCall('ceremony.arm');
  const { value: tokens, problem, reload } = useLoaded('ceremony.batch-tokens', { id });
  const [chosen, setChosen] = useState<BatchTokenId>();
  const [first] = tokens ?? [];
  const token = chosen ?? first?.id;
  const held = heldBack(state, 'arm');

  return (
    <Step
      owner="Operator"
      title="Use the batch token"
      lead="Promote will be sent with it. Nothing is sent yet: the old primary comes first, then the promote page."
      problem={arm.problem ?? problem}
      problemTitle={arm.problem ? 'It cannot be used' : 'The keychain could not be read'}
      verb={{
        label: 'Use this batch token',
        icon: 'key',
        onDo: () => token && void arm.run({ id, token }),
        busy: arm.busy,
        closed: !can('arm') || token === undefined,
      }}
      ways={
        <>
          <Button onPress={reload}>Read the keychain again</Button>
          <Button isDisabled={!can('set-roster')} onPress={() => show('people')}>
            Change the people
          </Button>
        </>
      }
      below={
        <>
          <SecondPerson state={state} />
          <OtherWay />
        </>
      }
    >
      <Way />
      {held.map((sentence) => (
        <Notice key={sentence} tone="warning" title={sentence} />
      ))}
      {tokens?.length === 0 && (
        <Notice tone="warning" title="No valid batch token is kept any more">
          <p>Check the cluster again: the way that is next then stands on the screen.</p>
        </Notice>
      )}
      {tokens && tokens.length > 0 && (
        <RadioGroup
          label={tokens.length === 1 ? 'The batch token kept here' : 'The batch tokens kept here'}
          options={tokens.map(({ id: value, label, expiresAt }) => ({
            value,
            label,
            hint: expiresAt ? `Valid until ${dayAndTime(expiresAt)}` : 'Its expiry is not known',
          }))}
          value={token}
          onChange={setChosen}
        />
      )}
    </Step>
  );
}

/** The batch token is chosen. The old primary is fenced, then promote follows. */
export function Armed({ state }: { state: StateIn<'armed'> }) {
  const fencing = useFencing(state);
  const asked = !state.fencing && !demotedHere(state);
  if (asked || fencing.changing || needsReason(state))
    return <FencingForm state={state} fencing={fencing} />;
  return <ToPromote state={state} onChange={fencing.change} />;
}
