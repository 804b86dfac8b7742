import {
  useEffect,
  useId,
  useRef,
  type FocusEvent,
  type KeyboardEvent,
  type ReactNode,
  type SubmitEvent,
} from 'react';
import type { Problem } from '../../../../../shared/problem.ts';
import { Button } from '../../../components/Button/Button.tsx';
import type { IconName } from '../../../components/icons/Icon.tsx';
import { Notice } from '../../../components/Notice/Notice.tsx';
import { WaitingSoon } from '../../../components/Waiting/Waiting.tsx';
import { timeOfDay } from '../../../app/time.ts';
import type { Owner } from '../owners.ts';
import { useView } from '../view.ts';
import { ExpiredNow } from './ExpiredNow.tsx';
import { OwnerChip } from './OwnerChip.tsx';
import { resumedSentence } from './resumed.ts';
import { SiteSteps } from './SiteSteps.tsx';
import styles from './Step.module.css';
import { Trouble } from './Trouble.tsx';

/** The one thing that is done at a step. */
export interface Verb {
  readonly label: string;
  readonly onDo: () => void;
  readonly busy?: boolean;
  /** Not possible now: the button stays in its place and says so by its form. */
  readonly closed?: boolean;
  readonly danger?: boolean;
  readonly icon?: IconName;
}

export interface StepProps {
  readonly title: string;
  /** Absent: nobody has to act any more. */
  readonly owner?: Owner;
  readonly lead?: ReactNode;
  /** Everything read or typed before the verb. */
  readonly children?: ReactNode;
  readonly verb?: Verb | undefined;
  /** What stands on the record as trouble: shown before everything else. */
  readonly trouble?: Problem | undefined;
  readonly troubleTitle?: string;
  /** Trouble of the calls of this step, beside the verb; the newest is enough. */
  readonly problem?: Problem | undefined;
  readonly problemTitle?: string;
  /** Quiet buttons beside the verb. */
  readonly ways?: ReactNode;
  /** What stands below the verb, with forms of its own. */
  readonly below?: ReactNode;
}

/**
 * The form of every step: owner, title, what to know, one verb. The title takes the focus when the
 * step comes on; Enter there does the verb.
 */
export function Step(props: StepProps) {
  const { title, owner, lead, children, verb, ways, below } = props;
  const { problem, problemTitle, trouble, troubleTitle } = props;
  const { activity, state } = useView();
  // The last event of a command is on the screen before the command is over, and main takes one at a time.
  const busy = verb?.busy === true || (activity !== undefined && state.phase !== 'ended');
  const heading = useRef<HTMLHeadingElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const id = useId();

  useEffect(() => {
    // Somebody who writes a note beside the step is not interrupted.
    if (document.activeElement?.closest('aside, [role="alertdialog"]')) return;
    heading.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, []);

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (verb && !verb.closed && !busy) verb.onDo();
  };
  // A held key repeats: it must not run through two steps.
  const enter = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.repeat) form.current?.requestSubmit();
  };

  return (
    <section className={styles.step} aria-labelledby={id}>
      <div className={styles.head}>
        {owner && <OwnerChip owner={owner} />}
        <h1 id={id} ref={heading} tabIndex={-1} onKeyDown={enter}>
          {title}
        </h1>
        {lead && <p className={styles.lead}>{lead}</p>}
      </div>
      <Told />
      <ExpiredNow />
      <SiteSteps />
      {trouble && <Trouble problem={trouble} title={troubleTitle} />}
      <form ref={form} className={styles.form} onSubmit={submit} onFocus={clearOfVerb} noValidate>
        {children}
        {problem && problem.known !== trouble?.known && (
          <Trouble problem={problem} title={problemTitle} />
        )}
        {activity && <WaitingSoon doing={activity.doing} since={activity.since} />}
        {(verb ?? ways) && (
          <div className={styles.verbs}>
            {verb && (
              <Button
                type="submit"
                size="large"
                kind={verb.danger ? 'danger' : 'primary'}
                isDisabled={verb.closed === true}
                busy={busy}
                {...(verb.icon ? { icon: verb.icon } : {})}
              >
                {verb.label}
              </Button>
            )}
            {ways}
          </div>
        )}
      </form>
      {below && <div className={styles.below}>{below}</div>}
    </section>
  );
}

/** A field that takes the focus comes out from under the bar and the verb, however it was reached. */
function clearOfVerb({ target }: FocusEvent): void {
  if (target.matches('textarea, input:not([type=radio], [type=checkbox])'))
    target.scrollIntoView({ block: 'nearest' });
}

/** What Vault answered when it was asked again, or what was found when the ceremony was taken up again. */
function Told() {
  const { recheck, records } = useView();
  const resumed = resumedSentence(records);
  if (recheck.problem)
    return <Trouble problem={recheck.problem} title="Vault could not be asked" />;
  if (recheck.answer)
    return (
      <Notice
        title={`Checked with Vault at ${timeOfDay(new Date(recheck.answer.at).toISOString())}`}
      >
        <p>{recheck.answer.sentence}</p>
      </Notice>
    );
  if (resumed)
    return (
      <Notice title={`Taken up again at ${timeOfDay(resumed.at)}`}>
        <p>{resumed.sentence}</p>
      </Notice>
    );
  return null;
}
