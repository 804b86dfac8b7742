import { isByBatchToken } from '../../../../../shared/ceremony/ways.ts';
import { cx } from '../../../components/cx.ts';
import { Icon, type IconName } from '../../../components/icons/Icon.tsx';
import { nameOf, ownerOf } from '../owners.ts';
import {
  canShow,
  markOf,
  railStepsOf,
  stepOf,
  type Mark,
  type RailStep,
  type ShownStep,
} from '../shown-step.ts';
import { useView } from '../view.ts';
import { CancelOrEnd } from './CancelOrEnd.tsx';
import styles from './Rail.module.css';

/** The steps of a ceremony, in their order: what is done, what is now, what comes. */
export function Rail({ shown }: { shown: ShownStep }) {
  const { state } = useView();
  return (
    <div className={styles.rail}>
      {state.phase === 'ended' ? (
        <p className={styles.over}>This ceremony has ended.</p>
      ) : (
        <ol className={styles.steps}>
          {railStepsOf(state).map((step) => (
            <Line key={step} step={step} isShown={shown === step} />
          ))}
        </ol>
      )}
      <CancelOrEnd />
    </div>
  );
}

function Line({ step, isShown }: { step: RailStep; isShown: boolean }) {
  const { state, show } = useView();
  const mark = markOf(state, step);
  const text = (
    <>
      <Icon name={icons[mark]} size={1.5} />
      <span className={styles.text}>
        <span className={styles.name}>
          {step === 'start' && isByBatchToken(state) ? 'Batch token' : nameOf[step]}
        </span>
        <span className={styles.more}>
          <span className={styles.mark}>{words[mark]}</span>
          <span className={styles.owner}>{ownerOf[step]}</span>
        </span>
      </span>
    </>
  );
  const look = !isShown && canShow(state, step);
  return (
    <li
      className={cx(styles.step, styles[mark], isShown && styles.shown)}
      aria-current={step === stepOf(state) ? 'step' : undefined}
    >
      {look ? (
        <button type="button" className={styles.line} onClick={() => show(step)}>
          {text}
        </button>
      ) : (
        <div className={styles.line}>{text}</div>
      )}
    </li>
  );
}

const icons: Readonly<Record<Mark, IconName>> = {
  done: 'good',
  now: 'forward',
  look: 'warning',
  later: 'waiting',
};

const words: Readonly<Record<Mark, string>> = {
  done: 'Done',
  now: 'Now',
  look: 'Now: look at this',
  later: 'Later',
};
