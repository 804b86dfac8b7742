import {
  describeHolder,
  holderNames,
  nameOfHolder,
  type Roster,
} from '../../../../../shared/ceremony/roster.ts';
import type { Attempt } from '../../../../../shared/ceremony/state.ts';
import { timeOfDay } from '../../../app/time.ts';
import { Icon } from '../../../components/icons/Icon.tsx';
import { cx } from '../../../components/cx.ts';
import styles from './Holders.module.css';

/** The holders who have not given in this round, in the order of the list. */
export function waitingHolders(attempt: Attempt, roster: Roster): readonly string[] {
  const gave = new Set(attempt.given.map((share) => share.holder));
  return holderNames(roster).filter((holder) => !gave.has(holder));
}

/** Who has given in this round, and who has not. */
export function Holders({ attempt, roster }: { attempt: Attempt; roster: Roster }) {
  const others = attempt.given.filter(
    ({ holder }) => !holder || !holderNames(roster).includes(holder),
  );
  return (
    <ul className={styles.holders} aria-label="Key holders in this round">
      {roster.holders.map((holder) => {
        const share = attempt.given.find((one) => one.holder === nameOfHolder(holder));
        return (
          <li key={nameOfHolder(holder)} className={cx(styles.holder, share && styles.gave)}>
            <Icon name={share ? 'good' : 'key'} />
            <span className={styles.name}>{describeHolder(holder)}</span>
            <span className={styles.when}>
              {share
                ? `gave${share.where === 'elsewhere' ? ' elsewhere' : ''}, ${timeOfDay(share.at)}`
                : 'not yet'}
            </span>
          </li>
        );
      })}
      {others.map((share, place) => (
        <li key={place} className={cx(styles.holder, styles.gave)}>
          <Icon name="unknown" />
          <span className={styles.name}>{share.holder ?? 'Somebody'}</span>
          <span className={styles.when}>gave elsewhere, {timeOfDay(share.at)}</span>
        </li>
      ))}
    </ul>
  );
}
