import { useState } from 'react';
import { openChecks } from '../../../../../shared/script/steps.ts';
import type { SiteStep } from '../../../../../shared/script/schema.ts';
import { timeOfDay } from '../../../app/time.ts';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Disclosure } from '../../../components/Disclosure/Disclosure.tsx';
import { Field } from '../../../components/Field/Field.tsx';
import { Row, Stack } from '../../../components/Layout/Layout.tsx';
import { Notice } from '../../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { operatorOf } from '../aside/operator.ts';
import { useFields } from '../use-fields.ts';
import { useView } from '../view.ts';

/** What the site added at this step. A required check holds the verb back until it is done. */
export function SiteSteps() {
  const { state, shown } = useView();
  if (shown === 'ended') return null;
  const steps = state.script?.script.siteSteps.filter(({ at }) => at === shown) ?? [];
  const open = new Set(openChecks(state, shown).map(({ id }) => id));
  return steps.map((step) => (
    <Notice
      key={step.id}
      tone={open.has(step.id) ? 'warning' : 'info'}
      title={`${step.title} (${step.owner})`}
    >
      <p>{step.text}</p>
      {open.has(step.id) ? <Check step={step} /> : <Settled step={step} />}
    </Notice>
  ));
}

function Settled({ step }: { step: SiteStep }) {
  const { state } = useView();
  const mark = state.checks.find(({ id }) => id === step.id);
  if (!mark) return null;
  return (
    <p>
      {mark.done ? `${step.check ?? ''} Checked by ${mark.by}` : `Set aside; ${mark.by} agreed`},{' '}
      {timeOfDay(mark.at)}.
    </p>
  );
}

function Check({ step }: { step: SiteStep }) {
  const { id, state, can } = useView();
  const done = useCall('ceremony.check-done');
  const aside = useCall('ceremony.check-set-aside');
  const fields = useFields(`${id} check ${step.id}`, { by: operatorOf(state) });
  const other = useFields(`${id} check ${step.id} aside`, { why: '', agreedBy: '' });
  const [settling, setSettling] = useState(false);
  const by = fields.values.by.trim();
  const { why, agreedBy } = other.values;

  const finish = () => {
    if (!fields.check({ by: by !== '' })) return;
    setSettling(true);
    void done.run({ id, check: step.id, by }).then(() => setSettling(false));
  };
  const setAside = () => {
    if (!other.check({ why: why.trim() !== '', agreedBy: agreedBy.trim() !== '' })) return;
    void aside.run({ id, check: step.id, why: why.trim(), agreedBy: agreedBy.trim() });
  };
  return (
    <Stack>
      <p>
        <strong>Required: </strong>
        {step.check}
      </p>
      <Field
        label={`Checked by (${step.title})`}
        maxLength={120}
        value={fields.values.by}
        onChange={(text) => fields.set('by', text)}
        error={fields.wrong('by', 'Who checked it? Enter a name.')}
      />
      <Row>
        <Button
          icon="check"
          busy={settling}
          isDisabled={!can('settle-check')}
          onPress={finish}
          label={`Checked: ${step.title}`}
        >
          Checked
        </Button>
      </Row>
      {done.problem && <ProblemBox problem={done.problem} title="The check was not kept" />}
      <Disclosure title="It cannot be checked now">
        <p>The ceremony can go on without it. That is a deviation, and goes on the record.</p>
        <Field
          label="Why it is set aside"
          maxLength={2000}
          value={why}
          onChange={(text) => other.set('why', text)}
          error={other.wrong('why', 'Why is it set aside? Give the reason.')}
        />
        <Field
          label="Who agreed to set it aside"
          maxLength={120}
          value={agreedBy}
          onChange={(text) => other.set('agreedBy', text)}
          error={other.wrong('agreedBy', 'Who agreed to it? Enter a name.')}
        />
        <Row>
          <Button busy={aside.busy} isDisabled={!can('settle-check')} onPress={setAside}>
            Set the check aside
          </Button>
        </Row>
        {aside.problem && <ProblemBox problem={aside.problem} title="It was not set aside" />}
      </Disclosure>
    </Stack>
  );
}
