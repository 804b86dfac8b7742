import type { ReactNode } from 'react';
import type { NodeAddress } from '../../../../shared/ids.ts';
import { Icon } from '../icons/Icon.tsx';
import styles from './DoorStrip.module.css';

/** Stays on every screen until each node refuses permission, or a named person looked at its file. */
export function DoorStrip({
  cluster,
  nodes,
  children,
}: {
  cluster: string;
  nodes: readonly NodeAddress[];
  children?: ReactNode;
}) {
  return (
    <div className={styles.strip}>
      <Icon name="warning" />
      <span className={styles.text}>
        <b>The door is open on {nodes.map((node) => node.replace(/^https:\/\//, '')).join(', ')}</b>{' '}
        ({cluster}): attempts can be made there without a Vault token, as far as is known here.
      </span>
      {children}
    </div>
  );
}
