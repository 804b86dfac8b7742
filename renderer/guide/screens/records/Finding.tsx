import type { Checked } from '../../../../shared/contract/records.ts';
import { Notice } from '../../components/Notice/Notice.tsx';
import styles from './Records.module.css';

/** What a check found: the verdict as a word, then every line of the finding. */
export function Finding({ checked }: { checked: Checked }) {
  const [headline, ...rest] = checked.lines;
  return (
    <Notice
      tone={checked.accepted ? 'good' : 'danger'}
      title={headline ?? checked.headline}
      announce
    >
      <pre className={styles.finding}>{rest.join('\n')}</pre>
    </Notice>
  );
}
