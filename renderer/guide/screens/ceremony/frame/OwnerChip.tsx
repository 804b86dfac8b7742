import { Icon } from '../../../components/icons/Icon.tsx';
import type { Owner } from '../owners.ts';
import styles from './OwnerChip.module.css';

/** Who acts at this step: the others watch. */
export function OwnerChip({ owner }: { owner: Owner }) {
  return (
    <p className={styles.chip}>
      <Icon name={owner === 'Key holders' ? 'key' : 'people'} />
      <span>
        <span className={styles.label}>To act: </span>
        {owner}
      </span>
    </p>
  );
}
