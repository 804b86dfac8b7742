import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Icon } from '../icons/Icon.tsx';
import styles from './Disclosure.module.css';

export interface DisclosureProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Opens it, at the start or later, where something inside needs to be seen. Never closes it. */
  readonly startsOpen?: boolean;
  /** Nothing inside is made, or asked of main, before it was opened once. */
  readonly late?: boolean;
}

/** What most people do not need right now, one key press away. */
export function Disclosure({ title, children, startsOpen = false, late = false }: DisclosureProps) {
  const details = useRef<HTMLDetailsElement>(null);
  const [wasOpened, setWasOpened] = useState(false);
  useEffect(() => {
    if (startsOpen && details.current) details.current.open = true;
  }, [startsOpen]);
  return (
    <details
      ref={details}
      className={styles.disclosure}
      onToggle={(event) => {
        if (event.currentTarget.open) setWasOpened(true);
      }}
    >
      <summary className={styles.summary}>
        <span className={styles.arrow}>
          <Icon name="chevron" size={1.125} />
        </span>
        {title}
      </summary>
      <div className={styles.body}>{(wasOpened || !late) && children}</div>
    </details>
  );
}
