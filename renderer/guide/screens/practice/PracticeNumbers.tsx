import { useState } from 'react';
import type { PracticeChoice } from '../../../../shared/contract/guide.ts';
import { Checkbox, RadioGroup, Select } from '../../components/Choice/Choice.tsx';
import { Field } from '../../components/Field/Field.tsx';
import { Row } from '../../components/Layout/Layout.tsx';
import { readNumbers, type NumberTexts } from './numbers.ts';

/** The numbers of a rehearsal, and which Vault it plays. What is typed stays as typed; only what can be used is passed on. */
export function PracticeNumbers({
  choice,
  onChange,
}: {
  choice: PracticeChoice;
  onChange: (choice: PracticeChoice) => void;
}) {
  const [texts, setTexts] = useState<NumberTexts>({
    shares: String(choice.shares),
    threshold: String(choice.threshold),
  });
  const read = readNumbers(texts);
  const errors = read.ok ? {} : read.errors;

  const type = (next: NumberTexts) => {
    setTexts(next);
    const good = readNumbers(next);
    if (good.ok) onChange({ ...choice, ...good.numbers });
  };
  return (
    <>
      <Row>
        <Field
          label="Shares there are"
          hint="1 to 20"
          width="short"
          inputMode="numeric"
          maxLength={3}
          value={texts.shares}
          error={errors.shares}
          onChange={(shares) => type({ ...texts, shares })}
        />
        <Field
          label="Shares needed"
          hint="The threshold"
          width="short"
          inputMode="numeric"
          maxLength={3}
          value={texts.threshold}
          error={errors.threshold}
          onChange={(threshold) => type({ ...texts, threshold })}
        />
      </Row>
      <RadioGroup
        label="Vault"
        options={versions}
        value={choice.version}
        onChange={(version) => onChange({ ...choice, version })}
      />
      <RadioGroup
        label="The primary"
        options={primaries}
        value={choice.primary}
        onChange={(primary) => onChange({ ...choice, primary })}
      />
      <Checkbox
        isSelected={choice.performanceSecondary === true}
        onChange={(performanceSecondary) => onChange({ ...choice, performanceSecondary })}
      >
        With a performance secondary, which has to follow the new primary
      </Checkbox>
      <Select
        label="Outage during the promotion"
        hint="How long the practice cluster stays away after promote is sent. A real one may take minutes."
        options={outages}
        value={String(choice.outageSeconds)}
        onChange={(seconds) => onChange({ ...choice, outageSeconds: Number(seconds) })}
      />
    </>
  );
}

const versions = [
  {
    value: '1.21.4',
    label: '1.x, as 1.21.4',
    hint: 'The shares alone make a DR operation token.',
  },
  {
    value: '2.0.1',
    label: '2.x, as 2.0.1',
    hint: 'Beside the shares Vault asks for a token, or an administrator lets it do without.',
  },
] as const;

const primaries = [
  { value: 'gone', label: 'Has just gone', hint: 'The night itself.' },
  {
    value: 'alive',
    label: 'Still works',
    hint: 'For a planned failover, and to prepare a batch token.',
  },
] as const;

const outages = [
  { value: '5', label: '5 seconds' },
  { value: '20', label: '20 seconds' },
  { value: '60', label: '1 minute' },
  { value: '180', label: '3 minutes' },
  { value: '600', label: '10 minutes' },
];
