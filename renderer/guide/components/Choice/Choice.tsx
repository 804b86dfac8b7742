import { useId, type ReactNode } from 'react';
import { CheckboxButton, CheckboxField } from 'react-aria-components/Checkbox';
import { Label } from 'react-aria-components/Label';
import {
  RadioButton,
  RadioField,
  RadioGroup as AriaRadioGroup,
} from 'react-aria-components/RadioGroup';
import { Text } from 'react-aria-components/Text';
import { cx } from '../cx.ts';
import { Icon } from '../icons/Icon.tsx';
import field from '../Field/Field.module.css';
import styles from './Choice.module.css';

export interface Option<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly hint?: string;
  readonly mark?: ReactNode;
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly hint?: string;
  readonly options: readonly Option<T>[];
  /** Absent: nothing is chosen yet. */
  readonly value: T | undefined;
  readonly onChange: (value: T) => void;
  readonly error?: string | undefined;
}

/** A few answers, all in sight. `inline` for short ones. */
export function RadioGroup<T extends string>({
  label,
  hint,
  options,
  value,
  onChange,
  error,
  layout = 'stacked',
}: ChoiceProps<T> & { layout?: 'stacked' | 'inline' }) {
  const choose = (text: string) => {
    const option = options.find((one) => one.value === text);
    if (option) onChange(option.value);
  };
  return (
    <AriaRadioGroup
      className={cx(field.field)}
      value={value ?? null}
      onChange={choose}
      isInvalid={error !== undefined}
    >
      <Label className={cx(field.label)}>{label}</Label>
      {hint && (
        <Text slot="description" className={cx(field.hint)}>
          {hint}
        </Text>
      )}
      <ErrorLine error={error} />
      <div className={cx(styles.options, layout === 'inline' && styles.inline)}>
        {options.map((option) => (
          <RadioField key={option.value} value={option.value}>
            <RadioButton className={cx(styles.option)}>
              <span className={styles.dot} />
              {option.mark}
              <span className={styles.text}>
                <span>{option.label}</span>
                {option.hint && <span className={styles.small}>{option.hint}</span>}
              </span>
            </RadioButton>
          </RadioField>
        ))}
      </div>
    </AriaRadioGroup>
  );
}

/** Many answers in little room: the system's own list, so that keyboard and zoom work as people know them. */
export function Select<T extends string>({
  label,
  hint,
  options,
  value,
  onChange,
  error,
}: ChoiceProps<T>) {
  const id = useId();
  const choose = (text: string) => {
    const option = options.find((one) => one.value === text);
    if (option) onChange(option.value);
  };
  return (
    <div className={field.field}>
      <label htmlFor={id} className={field.label}>
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className={field.hint}>
          {hint}
        </p>
      )}
      <ErrorLine error={error} id={`${id}-error`} />
      <select
        id={id}
        className={cx(field.input, styles.select)}
        value={value ?? ''}
        onChange={(event) => choose(event.target.value)}
        aria-invalid={error !== undefined}
        aria-describedby={cx(hint && `${id}-hint`, error && `${id}-error`) || undefined}
      >
        {value === undefined && (
          <option value="" disabled>
            Choose
          </option>
        )}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** One statement that a person agrees to or not. */
export function Checkbox({
  children,
  isSelected,
  onChange,
  isDisabled = false,
}: {
  children: ReactNode;
  isSelected: boolean;
  onChange: (selected: boolean) => void;
  isDisabled?: boolean;
}) {
  return (
    <CheckboxField isSelected={isSelected} onChange={onChange} isDisabled={isDisabled}>
      <CheckboxButton className={cx(styles.option, styles.check)}>
        <span className={styles.box}>
          <Icon name="check" size={1} />
        </span>
        <span className={styles.text}>{children}</span>
      </CheckboxButton>
    </CheckboxField>
  );
}

function ErrorLine({ error, id }: { error: string | undefined; id?: string }) {
  if (error === undefined) return null;
  return (
    <p id={id} className={field.error}>
      <Icon name="stop" />
      <span>{error}</span>
    </p>
  );
}
