import type { ReactNode } from 'react';
import { cx } from '../cx.ts';
import { Icon, type IconName } from '../icons/Icon.tsx';
import styles from './Notice.module.css';

export interface NoticeProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly tone?: 'info' | 'good' | 'warning' | 'danger';
  readonly actions?: ReactNode;
  /** Read out when it appears. Not for what stands there from the start. */
  readonly announce?: boolean;
}

/** Something worth knowing that stops nobody. For what went wrong there is `ProblemBox`. */
export function Notice({ title, children, tone = 'info', actions, announce = false }: NoticeProps) {
  return (
    <div className={cx(styles.notice, styles[tone])} role={announce ? 'status' : undefined}>
      <Icon name={icons[tone]} size={1.5} />
      <div className={styles.text}>
        <p className={styles.title}>{title}</p>
        {children}
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
    </div>
  );
}

const icons: Readonly<Record<NonNullable<NoticeProps['tone']>, IconName>> = {
  info: 'info',
  good: 'good',
  warning: 'warning',
  danger: 'stop',
};
