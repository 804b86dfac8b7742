import type { KeptBatchToken } from '../../../../shared/shift/batch-token.ts';
import { lifeLeft } from '../../../../shared/shift/warn.ts';
import { clockFace, dayAndTime } from '../../app/time.ts';
import { useNow } from '../../app/use-now.ts';
import { Level } from '../../components/Badge/Level.tsx';
import { Icon } from '../../components/icons/Icon.tsx';
import { cx } from '../../components/cx.ts';
import styles from './Life.module.css';

/** What is left of a batch token: a bar, a clock and a word. Reckoned from the wall clock each second. */
export function Life({ token }: { token: KeptBatchToken }) {
  const now = useNow();
  const share = lifeLeft(token, now);
  if (token.expiresAt === undefined || share === undefined)
    return (
      <div className={styles.life}>
        <Level level="unknown" word="Its end is not known" />
        <p className={styles.soft}>
          The primary could not be asked. Try it again on the shift desk once the primary answers.
        </p>
      </div>
    );
  const left = Math.max(0, Date.parse(token.expiresAt) - now);
  const tone = toneOf(left);
  return (
    <div className={styles.life}>
      <progress
        className={cx(styles.bar, styles[tone])}
        max={1}
        value={share}
        aria-label={`What is left of ${token.label}`}
      />
      <p className={styles.words}>
        <Level level={left === 0 ? 'stop' : levels[tone]} word={left === 0 ? 'Expired' : 'Valid'} />
        <b className={styles.left} role="timer">
          {clockFace(left)} left
        </b>
        {tone === 'over' && left > 0 && (
          <b className={styles.mark}>
            <Icon name="warning" /> Ends within 30 minutes
          </b>
        )}
        <span className={styles.soft}>until {dayAndTime(token.expiresAt)}</span>
      </p>
    </div>
  );
}

type Tone = 'well' | 'soon' | 'over';

const levels = { well: 'ok', soon: 'warning', over: 'warning' } as const;

const toneOf = (left: number): Tone =>
  left <= 30 * 60_000 ? 'over' : left <= 2 * 3_600_000 ? 'soon' : 'well';
