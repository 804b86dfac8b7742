import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { cx } from '../cx.ts';
import { Icon, type IconName } from '../icons/Icon.tsx';
import styles from './Button.module.css';

export interface ButtonProps {
  readonly children: ReactNode;
  /** `primary`: the step's one verb. `quiet`: everything beside it. `danger`: what hurts. `plain`: looks like a link. */
  readonly kind?: 'primary' | 'quiet' | 'danger' | 'plain';
  readonly size?: 'normal' | 'large';
  readonly icon?: IconName;
  readonly onPress?: () => void;
  readonly type?: 'button' | 'submit';
  readonly isDisabled?: boolean;
  /** Under way: the button keeps its place and its focus, and takes no second press. */
  readonly busy?: boolean;
  readonly autoFocus?: boolean;
  /** A fuller name where the visible word does not stand alone; it begins with that word. */
  readonly label?: string;
  /** The id of the sentence that says what it does or why it is closed. */
  readonly describedBy?: string;
}

export function Button({
  children,
  kind = 'quiet',
  size = 'normal',
  icon,
  busy = false,
  label,
  describedBy,
  ...rest
}: ButtonProps) {
  return (
    <AriaButton
      {...rest}
      isPending={busy}
      {...(label ? { 'aria-label': label } : {})}
      {...(describedBy ? { 'aria-describedby': describedBy } : {})}
      className={cx(styles.button, styles[kind], size === 'large' && styles.large)}
    >
      {icon && <Icon name={busy ? 'waiting' : icon} />}
      <span>{children}</span>
    </AriaButton>
  );
}
