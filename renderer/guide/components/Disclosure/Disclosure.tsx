import type { ReactNode } from 'react';
import { Icon } from '../icons/Icon.tsx';
import styles from './Disclosure.module.css';

export interface DisclosureProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly startsOpen?: boolean;
}

/** What most people do not need right now, one key press away. */
export function Disclosure({ title, children, startsOpen = false }: DisclosureProps) {
  return (
    <details className={styles.disclosure} open={startsOpen}>
      <summary className={styles.summary}>
        <span className={styles.arrow}>
          <Icon name="chevron" size={1.125} />
        </span>
        {title}
      </summary>
      <div className={styles.body}>{children}</div>
    </details>
  );
}
