import { useState, type SubmitEvent } from 'react';
import { scriptOf } from '../../../../../shared/script/default.ts';
import { stepIds, type StepId } from '../../../../../shared/script/schema.ts';
import { stepOf } from '../../../../../shared/script/steps.ts';
import { timeOfDay } from '../../../app/time.ts';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Select } from '../../../components/Choice/Choice.tsx';
import { Field } from '../../../components/Field/Field.tsx';
import { Row } from '../../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { useFields } from '../use-fields.ts';
import { useView } from '../view.ts';
import styles from './Aside.module.css';
import { witnessOf } from './operator.ts';

/** One person asks, another answers, and a name goes under it: for the present step or one before. */
export function SignOff() {
  const { id, state } = useView();
  const call = useCall('ceremony.sign-off');
  const fields = useFields(`${id} sign-off`, { by: witnessOf(state) });
  const [chosen, setChosen] = useState<{ step: StepId; at: string }>();
  const now = stepOf(state);
  if (now === 'ended') return null;

  const reached = stepIds.slice(0, stepIds.indexOf(now) + 1);
  // A choice of an earlier step is forgotten when the ceremony moves on.
  const step = chosen?.at === now ? chosen.step : now;
  const steps = (state.script?.script ?? scriptOf(undefined)).steps;
  const words = steps.find((one) => one.id === step);
  const signed = state.signedOff[step];
  const by = fields.values.by.trim();

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (fields.check({ by: by !== '' })) void call.run({ id, step, by });
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <Select
        label="Step"
        options={reached.map((one) => ({
          value: one,
          label: steps.find((own) => own.id === one)?.title ?? one,
        }))}
        value={step}
        onChange={(one) => setChosen({ step: one, at: now })}
      />
      <p>
        <strong>Challenge, read aloud: </strong>
        {words?.challenge}
      </p>
      <p>
        <strong>Response: </strong>
        {words?.response}
      </p>
      <Field
        label="Signed off by"
        hint="Who heard the response. The name goes on the record."
        maxLength={120}
        value={fields.values.by}
        onChange={(text) => fields.set('by', text)}
        error={fields.wrong('by', 'Who signs it off? Enter a name.')}
      />
      {call.problem && <ProblemBox problem={call.problem} title="It was not signed off" />}
      <Row>
        <Button type="submit" busy={call.busy}>
          Sign off
        </Button>
        <span role="status">
          {signed && `Signed off by ${signed.by}, ${timeOfDay(signed.at)}.`}
        </span>
      </Row>
    </form>
  );
}
