import { useState, type SubmitEvent } from 'react';
import { useCall } from '../../../app/use-call.ts';
import { ruleSentences, siteRuleIds, type SiteRule } from '../../../../../shared/site-rules.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Select } from '../../../components/Choice/Choice.tsx';
import { Field, TextArea } from '../../../components/Field/Field.tsx';
import { Row } from '../../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { useFields } from '../use-fields.ts';
import { useView } from '../view.ts';
import styles from './Aside.module.css';

/** Something that was done otherwise than the script says: what, why, and who agreed. */
export function DeviationForm() {
  const { id } = useView();
  const call = useCall('ceremony.deviation');
  const fields = useFields(`${id} deviation`, { what: '', why: '', agreedBy: '' });
  const [rule, setRule] = useState<SiteRule | 'none'>('none');
  const [kept, setKept] = useState(false);
  const { what, why, agreedBy } = fields.values;

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const filled = { what: what.trim() !== '', why: why.trim() !== '' };
    if (!fields.check({ ...filled, agreedBy: agreedBy.trim() !== '' })) return;
    void call
      .run({ id, what, why, agreedBy, ...(rule === 'none' ? {} : { rule }) })
      .then((result) => {
        if (!result.ok) return;
        setRule('none');
        setKept(true);
        fields.reset();
      });
  };
  const set = (name: 'what' | 'why' | 'agreedBy') => (text: string) => {
    setKept(false);
    fields.set(name, text);
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <TextArea
        label="What was done otherwise"
        hint="For example: a holder gave the share by telephone to a deputy."
        rows={2}
        maxLength={2000}
        value={what}
        onChange={set('what')}
        error={fields.wrong('what', 'What was done otherwise? Describe it in a sentence.')}
      />
      <TextArea
        label="Why"
        rows={2}
        maxLength={2000}
        value={why}
        onChange={set('why')}
        error={fields.wrong('why', 'Why was it done? Give the reason.')}
      />
      <Field
        label="Who agreed"
        maxLength={120}
        value={agreedBy}
        onChange={set('agreedBy')}
        error={fields.wrong('agreedBy', 'Who agreed to it? Enter a name.')}
      />
      <Select
        label="Rule it sets aside"
        hint="That rule then no longer binds this ceremony."
        options={ruleOptions}
        value={rule}
        onChange={setRule}
      />
      {call.problem && <ProblemBox problem={call.problem} title="The deviation was not kept" />}
      <Row>
        <Button type="submit" busy={call.busy}>
          Record the deviation
        </Button>
        <span role="status">{kept && 'It is on the record.'}</span>
      </Row>
    </form>
  );
}

const ruleOptions: readonly { value: SiteRule | 'none'; label: string }[] = [
  { value: 'none', label: 'None of the rules below' },
  ...siteRuleIds.map((value) => ({ value, label: ruleSentences[value] })),
];
