import { useEffect, useRef, type ReactNode } from 'react';
import { Icon } from '../icons/Icon.tsx';
import styles from './Disclosure.module.css';

export interface DisclosureProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Opens it, at the start or later, where something inside needs to be seen. Never closes it. */
  readonly startsOpen?: boolean;
}

/** What most people do not need right now, one key press away. */
export function Disclosure({ title, children, startsOpen = false }: DisclosureProps) {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (startsOpen && details.current) details.current.open = true;
  }, [startsOpen]);
  return (
    <details ref={details} className={styles.disclosure}>
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
