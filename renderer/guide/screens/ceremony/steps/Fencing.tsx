import { useState } from 'react';
import type { Fencing } from '../../../../../shared/ceremony/events.ts';
import { saidWhyActive } from '../../../../../shared/ceremony/fencing.ts';
import type { StateIn } from '../../../../../shared/ceremony/state.ts';
import { timeOfDay } from '../../../app/time.ts';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Field, TextArea } from '../../../components/Field/Field.tsx';
import { Notice } from '../../../components/Notice/Notice.tsx';
import { Step } from '../frame/Step.tsx';
import { primaryPhrase } from '../phrases.ts';
import { useFields } from '../use-fields.ts';
import { useView } from '../view.ts';
import { BeforePromote, Doubts, TokenInHand } from './Decoded.tsx';
import { OldPrimary } from './OldPrimary.tsx';

export interface FencingHandle {
  readonly changing: boolean;
  readonly change: () => void;
  readonly done: () => void;
}

/** Whether the statement, or the lack of one, is being changed. */
export function useFencing({ fencing }: Pick<StateIn<'decoded'>, 'fencing'>): FencingHandle {
  const [changed, setChanged] = useState<{ readonly was: Fencing | undefined }>();
  return {
    changing: changed !== undefined && changed.was === fencing,
    change: () => setChanged({ was: fencing }),
    done: () => setChanged(undefined),
  };
}

/** How the old primary is kept from becoming a second one. Promote needs it, on the record. */
export function FencingForm({
  state,
  fencing,
}: {
  state: StateIn<'decoded' | 'armed' | 'watching'>;
  fencing: FencingHandle;
}) {
  const { id, can } = useView();
  const call = useCall('ceremony.state-fencing');
  const { seen: primary, at } = state.primary ?? {
    seen: state.preflight.primary,
    at: state.preflight.at,
  };
  const isActive = primary === 'answers-as-active';
  const fields = useFields(`${id} fencing`, {
    how: state.fencing?.how ?? '',
    confirmedBy: state.fencing?.confirmedBy ?? '',
    reason: state.fencing?.reason ?? saidWhyActive(state)?.why ?? '',
  });
  const { how, confirmedBy, reason } = fields.values;

  const keep = () => {
    const right = {
      how: how.trim() !== '',
      confirmedBy: confirmedBy.trim() !== '',
      reason: !isActive || reason.trim() !== '',
    };
    if (!fields.check(right)) return;
    const statement: Fencing = {
      primary,
      how: how.trim(),
      confirmedBy: confirmedBy.trim(),
      ...(isActive ? { reason: reason.trim() } : {}),
    };
    void call.run({ id, fencing: statement }).then((result) => result.ok && fencing.done());
  };

  return (
    <Step
      owner="Operator and second person"
      title="Say how the old primary is kept away"
      lead="Before promote: when power or network return, the old primary still believes that it is the primary. Two primaries write two truths, and nobody can merge them."
      problem={call.problem}
      problemTitle="The statement was not kept"
      verb={{
        label: 'Put the statement on the record',
        onDo: keep,
        busy: call.busy,
        closed: !can('state-fencing'),
      }}
      ways={fencing.changing && <Button onPress={fencing.done}>Leave it as it was</Button>}
      below={
        <>
          {can('look-at-primary') && <OldPrimary />}
          <BeforePromote />
        </>
      }
    >
      {'token' in state ? (
        <Doubts doubts={state.token.doubts} />
      ) : (
        <TokenInHand token={state.batchToken} />
      )}
      <Notice
        tone={isActive ? 'danger' : 'info'}
        title={`${primaryPhrase[primary]} Seen at ${timeOfDay(at)}.`}
      >
        <p>{meaning[primary]}</p>
      </Notice>
      <TextArea
        label="How it is kept away"
        hint="From clients, from port 8201 of this cluster, and from the secret back ends. For example: power is off and the room locked; the firewall closes 8200 and 8201; the database account is disabled."
        rows={4}
        maxLength={2000}
        value={how}
        onChange={(text) => fields.set('how', text)}
        error={fields.wrong('how', 'Describe how the old primary is kept away.')}
      />
      <Field
        label="Who confirmed it"
        hint="Somebody who has seen it or done it."
        maxLength={120}
        value={confirmedBy}
        onChange={(text) => fields.set('confirmedBy', text)}
        error={fields.wrong('confirmedBy', 'Who confirmed it? Enter a name.')}
      />
      {isActive && (
        <TextArea
          label="Why promote all the same"
          hint="The primary answers. This reason stays on the record."
          rows={2}
          maxLength={2000}
          value={reason}
          onChange={(text) => fields.set('reason', text)}
          error={fields.wrong('reason', 'The primary answers as active: give the reason.')}
        />
      )}
    </Step>
  );
}

const meaning: Readonly<Record<Fencing['primary'], string>> = {
  'answers-as-active':
    'It is alive and may be serving clients right now. Where it can be reached, a planned switch demotes it first.',
  'not-visible':
    'That says nothing about what it does: the network between may be down, and it may serve clients elsewhere.',
  'answers-otherwise':
    'It may be demoted, sealed or on standby. Any of these can change, so it is still kept away.',
  'none-known': 'Somebody who can see it says what it is doing.',
};
