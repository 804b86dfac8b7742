import { useState, type SubmitEvent } from 'react';
import { isInvited } from '../../../../../shared/ceremony/invited.ts';
import type { StateIn } from '../../../../../shared/ceremony/state.ts';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Select } from '../../../components/Choice/Choice.tsx';
import { Disclosure } from '../../../components/Disclosure/Disclosure.tsx';
import { TextArea } from '../../../components/Field/Field.tsx';
import { KeyShapes } from '../../../components/KeyShapes/KeyShapes.tsx';
import { Row, Stack } from '../../../components/Layout/Layout.tsx';
import { Step } from '../frame/Step.tsx';
import { useFields } from '../use-fields.ts';
import { useView } from '../view.ts';
import { waitingHolders } from './Holders.tsx';

/** No holder's name begins with a space. */
const nobodyKnows = ' nobody knows';

/** What is written where an invited holder is named with one press. */
const invitedMeans = 'From another laptop, in answer to the invitation.';

/** Vault counted a share that was not given here: who gave it, and how? */
export function Elsewhere({ state }: { state: StateIn<'collecting'> }) {
  const { records } = useView();
  return isInvited(records) ? <Invited state={state} /> : <Unexpected state={state} />;
}

/** Somebody was waited for: one press says who it was. */
function Invited({ state }: { state: StateIn<'collecting'> }) {
  const { id, can } = useView();
  const call = useCall('ceremony.name-elsewhere');
  const { attempt, roster, cluster } = state;
  return (
    <Step
      owner="Operator"
      title="A share was given elsewhere: whose is it?"
      lead={`Vault counted one for ${cluster.name} that did not come from here. Hear from the holder by voice that it is theirs, then press the name.`}
      problem={call.problem}
      problemTitle="It was not kept"
      below={
        <Disclosure title="It was given in another way, or nobody knows by whom">
          <InWords state={state} />
        </Disclosure>
      }
    >
      <KeyShapes given={attempt.progress} required={attempt.required} />
      <Row>
        {waitingHolders(attempt, roster).map((holder) => (
          <Button
            key={holder}
            icon="key"
            size="large"
            busy={call.busy}
            isDisabled={!can('name-elsewhere')}
            label={`${holder} gave it from another laptop`}
            onPress={() => void call.run({ id, holder, means: invitedMeans })}
          >
            {holder}
          </Button>
        ))}
      </Row>
    </Step>
  );
}

function InWords({ state }: { state: StateIn<'collecting'> }) {
  const { can } = useView();
  const naming = useNaming(state);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    naming.keep();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {naming.fields}
        <div>
          <Button type="submit" busy={naming.busy} isDisabled={!can('name-elsewhere')}>
            Put it on the record
          </Button>
        </div>
      </Stack>
    </form>
  );
}

function Unexpected({ state }: { state: StateIn<'collecting'> }) {
  const { id, can } = useView();
  const open = useCall('surface.open-share-entry');
  const naming = useNaming(state);
  const { attempt } = state;
  return (
    <Step
      owner="Operator"
      title="A share was given elsewhere"
      lead="Vault counted a share that did not come from here: from another laptop, or with the vault command. The nonce is the same, so it is the same attempt."
      problem={naming.problem ?? open.problem}
      problemTitle={naming.problem ? 'It was not kept' : 'The share page did not open'}
      verb={{
        label: 'Put it on the record',
        onDo: naming.keep,
        busy: naming.busy,
        closed: !can('name-elsewhere'),
      }}
      ways={
        <Button
          icon="key"
          busy={open.busy}
          isDisabled={!can('give-share')}
          onPress={() => void open.run({ id })}
        >
          Give the next share first
        </Button>
      }
    >
      <KeyShapes given={attempt.progress} required={attempt.required} />
      {naming.fields}
    </Step>
  );
}

/** Who gave it and how, in the operator's words. */
function useNaming({ attempt, roster }: StateIn<'collecting'>) {
  const { id } = useView();
  const call = useCall('ceremony.name-elsewhere');
  const fields = useFields(`${id} elsewhere`, { means: '' });
  const [holder, setHolder] = useState<string>();
  const [sent, setSent] = useState(false);
  const { means } = fields.values;

  const keep = () => {
    setSent(true);
    if (!fields.check({ means: means.trim() !== '' }) || holder === undefined) return;
    const named = holder === nobodyKnows ? {} : { holder };
    void call.run({ id, means: means.trim(), ...named }).then((result) => {
      if (!result.ok) return;
      fields.reset();
      setHolder(undefined);
      setSent(false);
    });
  };
  const shown = (
    <>
      <Select
        label="Who gave it"
        options={[
          ...waitingHolders(attempt, roster).map((name) => ({ value: name, label: name })),
          { value: nobodyKnows, label: 'Nobody here knows' },
        ]}
        value={holder}
        onChange={setHolder}
        error={sent && holder === undefined ? 'Choose a holder, or that nobody knows.' : undefined}
      />
      <TextArea
        label="How it was given"
        hint="For example: with the vault command from the Zurich office. Where nobody knows, say what was tried to find out; that goes on the record as a deviation."
        rows={3}
        maxLength={2000}
        value={means}
        onChange={(text) => fields.set('means', text)}
        error={fields.wrong('means', 'Describe how it was given, or what was tried to find out.')}
      />
    </>
  );
  return { fields: shown, keep, busy: call.busy, problem: call.problem };
}
