import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextArea as AriaTextArea } from 'react-aria-components/TextArea';
import { TextField } from 'react-aria-components/TextField';
import { cx } from '../cx.ts';
import { Icon } from '../icons/Icon.tsx';
import styles from './Field.module.css';

export interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What belongs here, with an example. Stays while an error is shown. */
  readonly hint?: string;
  /** What is wrong with it and how to put it right. */
  readonly error?: string | undefined;
  /** Says "may stay empty" beside the label. */
  readonly optional?: boolean;
  /** For addresses, paths and anything where `0O1lI` must be told apart. */
  readonly mono?: boolean;
  readonly name?: string;
  readonly maxLength?: number;
  readonly autoFocus?: boolean;
  readonly isDisabled?: boolean;
  readonly inputMode?: 'text' | 'numeric';
  readonly onBlur?: () => void;
  readonly width?: 'full' | 'short';
}

/** One line of text with its label, hint and error. Never for a secret: those have pages of their own. */
export function Field({ width = 'full', mono = false, ...props }: FieldProps) {
  return (
    <Frame {...props}>
      <Input
        className={cx(styles.input, mono && styles.mono, width === 'short' && styles.short)}
        inputMode={props.inputMode}
      />
    </Frame>
  );
}

/** Several lines of text, with the same frame as `Field`. */
export function TextArea({ rows = 4, mono = false, ...props }: FieldProps & { rows?: number }) {
  return (
    <Frame {...props}>
      <AriaTextArea className={cx(styles.input, styles.area, mono && styles.mono)} rows={rows} />
    </Frame>
  );
}

function Frame({
  label,
  hint,
  error,
  optional = false,
  value,
  onChange,
  name,
  maxLength,
  autoFocus = false,
  isDisabled = false,
  onBlur,
  children,
}: FieldProps & { children: React.ReactNode }) {
  return (
    <TextField
      className={cx(styles.field)}
      value={value}
      onChange={onChange}
      isInvalid={error !== undefined}
      isDisabled={isDisabled}
      autoFocus={autoFocus}
      autoComplete="off"
      autoCorrect="off"
      spellCheck="false"
      validationBehavior="aria"
      {...(name ? { name } : {})}
      {...(maxLength ? { maxLength } : {})}
      {...(onBlur ? { onBlur } : {})}
    >
      <Label className={cx(styles.label)}>
        {label}
        {optional && <span className={styles.optional}> (may stay empty)</span>}
      </Label>
      {hint && (
        <Text slot="description" className={cx(styles.hint)}>
          {hint}
        </Text>
      )}
      <FieldError className={cx(styles.error)}>
        <Icon name="stop" />
        <span>{error}</span>
      </FieldError>
      {children}
    </TextField>
  );
}
