import { ways, type Way as WayName } from '../../../../../shared/ceremony/ways.ts';
import { wayNames } from '../../../../../shared/report/way-sentences.ts';
import { useState } from 'react';
import { timeOfDay } from '../../../app/time.ts';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { RadioGroup } from '../../../components/Choice/Choice.tsx';
import { Disclosure } from '../../../components/Disclosure/Disclosure.tsx';
import { Field } from '../../../components/Field/Field.tsx';
import { Row } from '../../../components/Layout/Layout.tsx';
import { Notice } from '../../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { operatorOf } from '../aside/operator.ts';
import { Trouble } from '../frame/Trouble.tsx';
import { useFields } from '../use-fields.ts';
import { useView } from '../view.ts';

/** Which way leads to Promote and why, after every way that was refused. */
export function Way() {
  const { way, refusedWays } = useView().state;
  return (
    <>
      {refusedWays.map((refused) => (
        <Trouble
          key={refused.at}
          problem={refused.problem}
          title={`${timeOfDay(refused.at)}: the way “${wayNames[refused.way]}” is not open`}
        />
      ))}
      {way && (
        <Notice title={`The way${refusedWays.length > 0 ? ' now' : ''}: ${wayNames[way.way]}`}>
          <p>{way.by ? `${way.by} chose it: ${way.why}` : way.why}</p>
          <p>{meaning[way.way]}</p>
        </Notice>
      )}
    </>
  );
}

const meaning: Readonly<Record<WayName, string>> = {
  'batch-token': 'Needed: the operator and a second person. No key holders.',
  ceremony:
    'Needed: the operator, a second person, and as many key holders as the server asks for.',
  'break-glass':
    'Needed: the server administrator of every node first, then the same people as for the ceremony.',
};

/** A way by hand, against the facts: by name and reason, and a deviation on the record. */
export function OtherWay() {
  const { id, state, can } = useView();
  const choose = useCall('ceremony.choose-way');
  const fields = useFields(`${id} way`, { why: '', by: operatorOf(state) });
  const [way, setWay] = useState<WayName>();
  const { why, by } = fields.values;
  if (!can('choose-way')) return null;

  const take = () => {
    if (!fields.check({ why: why.trim() !== '', by: by.trim() !== '' }) || !way) return;
    void choose
      .run({ id, way, why: why.trim(), by: by.trim() })
      .then((result) => result.ok && fields.reset());
  };
  return (
    <Disclosure title="Take another way">
      <p>It is a deviation, and goes on the record with its reason.</p>
      <RadioGroup
        label="Way"
        options={ways
          .filter((one) => one !== state.way?.way)
          .map((value) => ({ value, label: wayNames[value], hint: meaning[value] }))}
        value={way}
        onChange={setWay}
      />
      <Field
        label="Why another way"
        maxLength={2000}
        value={why}
        onChange={(text) => fields.set('why', text)}
        error={fields.wrong('why', 'Give the reason, for whoever reads the record.')}
      />
      <Field
        label="Who chooses it"
        maxLength={120}
        value={by}
        onChange={(text) => fields.set('by', text)}
        error={fields.wrong('by', 'Enter a name.')}
      />
      <Row>
        <Button busy={choose.busy} isDisabled={!way} onPress={take}>
          Take this way
        </Button>
      </Row>
      {choose.problem && <ProblemBox problem={choose.problem} title="The way was not changed" />}
    </Disclosure>
  );
}
