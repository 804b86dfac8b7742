import type { Finding } from '../../../../shared/ceremony/findings.ts';
import { cx } from '../cx.ts';
import { Icon, type IconName } from '../icons/Icon.tsx';
import styles from './Level.module.css';

/** The level of a finding: a word, a shape and a colour. `word` says it more exactly. */
export function Level({ level, word }: { level: Finding['level']; word?: string }) {
  const { icon, says } = levels[level];
  return (
    <span className={cx(styles.level, styles[level])}>
      <Icon name={icon} />
      {word ?? says}
    </span>
  );
}

const levels: Readonly<Record<Finding['level'], { icon: IconName; says: string }>> = {
  ok: { icon: 'good', says: 'Fine' },
  warning: { icon: 'warning', says: 'Look at this' },
  stop: { icon: 'stop', says: 'Stop' },
  unknown: { icon: 'unknown', says: 'Not known' },
};
