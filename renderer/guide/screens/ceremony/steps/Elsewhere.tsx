import { useState } from 'react';
import type { StateIn } from '../../../../../shared/ceremony/state.ts';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Select } from '../../../components/Choice/Choice.tsx';
import { TextArea } from '../../../components/Field/Field.tsx';
import { KeyShapes } from '../../../components/KeyShapes/KeyShapes.tsx';
import { Step } from '../frame/Step.tsx';
import { useFields } from '../use-fields.ts';
import { useView } from '../view.ts';
import { waitingHolders } from './Holders.tsx';

/** No holder's name begins with a space. */
const nobodyKnows = ' nobody knows';

/** Vault counted a share that was not given here: who gave it, and how? */
export function Elsewhere({ state }: { state: StateIn<'collecting'> }) {
  const { id, can } = useView();
  const call = useCall('ceremony.name-elsewhere');
  const open = useCall('surface.open-share-entry');
  const fields = useFields(`${id} elsewhere`, { means: '' });
  const [holder, setHolder] = useState<string>();
  const [sent, setSent] = useState(false);
  const { attempt, roster } = state;
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

  return (
    <Step
      owner="Operator"
      title="A share was given elsewhere"
      lead="Vault counted a share that did not come from here: from another laptop, or with the vault command. The nonce is the same, so it is the same attempt."
      problem={call.problem ?? open.problem}
      problemTitle={call.problem ? 'It was not kept' : 'The share page did not open'}
      verb={{
        label: 'Put it on the record',
        onDo: keep,
        busy: call.busy,
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
    </Step>
  );
}
