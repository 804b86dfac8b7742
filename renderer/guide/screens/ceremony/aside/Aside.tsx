import { byHand } from '../../../../../shared/ceremony/by-hand.ts';
import { Command } from '../../../components/Command/Command.tsx';
import { Disclosure } from '../../../components/Disclosure/Disclosure.tsx';
import { PrintScript } from '../../profiles/PrintScript.tsx';
import { PracticeFaults } from '../../practice/PracticeFaults.tsx';
import { useView } from '../view.ts';
import styles from './Aside.module.css';
import { CeremonyNote } from './CeremonyNote.tsx';
import { DeviationForm } from './DeviationForm.tsx';
import { witnessOf } from './operator.ts';
import { RecordSoFar } from './RecordSoFar.tsx';
import { SignOff } from './SignOff.tsx';

/** What every step offers beside its verb. */
export function Aside() {
  const { state, records } = useView();
  const over = state.phase === 'ended';
  return (
    <aside className={styles.aside} aria-label="Beside the step">
      {!over && (
        <>
          <Disclosure title="Show the command">
            <Commands />
          </Disclosure>
          <Disclosure title="Sign off a step">
            {/* Filled in afresh once the people are known; what was typed is kept as a draft. */}
            <SignOff key={witnessOf(state)} />
          </Disclosure>
          <Disclosure title="Add a note">
            <CeremonyNote />
          </Disclosure>
          <Disclosure title="Record a deviation">
            <DeviationForm />
          </Disclosure>
        </>
      )}
      <Disclosure title={`The record so far: ${records.length} lines`}>
        <RecordSoFar />
      </Disclosure>
      {!over && state.cluster.kind === 'practice' && <PracticeFaults />}
    </aside>
  );
}

/** The same step without this app. */
function Commands() {
  const { state } = useView();
  const steps = byHand(state);
  if (steps.length === 0)
    return (
      <>
        <p>This step asks nothing of a server.</p>
        <PrintScript profileId={state.cluster.profileId} name={state.cluster.name} />
      </>
    );
  return (
    <>
      <p>
        These do the same without Keyturn, in bash or zsh. No secret is in them: each is asked for,
        hidden.
        {state.cluster.kind === 'practice' &&
          ' The practice clusters answer to this app alone: here they are for reading.'}
      </p>
      <ol className={styles.commands}>
        {steps.map((step) => (
          <li key={step.title} className={styles.command}>
            <p>{step.title}</p>
            {step.vault && <Command label="With vault" text={step.vault} />}
            {step.http && <Command label="Over HTTP" text={step.http} />}
          </li>
        ))}
      </ol>
      <PrintScript profileId={state.cluster.profileId} name={state.cluster.name} />
    </>
  );
}
