import type { AppInfo } from '../../../../shared/contract/guide.ts';
import type { RecordTarget } from '../../../../shared/contract/records.ts';
import { count, dayAndTime } from '../../app/time.ts';
import { useLoaded } from '../../app/use-call.ts';
import { Disclosure } from '../../components/Disclosure/Disclosure.tsx';
import { Fingerprint } from '../../components/KeyField/Fingerprint.tsx';
import { Stack } from '../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { WaitingSoon } from '../../components/Waiting/Waiting.tsx';
import { visible } from '../../../../shared/report/visible.ts';
import { AddSignature } from './AddSignature.tsx';
import styles from './Records.module.css';
import { SignNow } from './SignNow.tsx';

/** Who signed a record, and the ways to add a signature. The events themselves are not touched. */
export function Signatures({ of, info }: { of: RecordTarget; info: AppInfo }) {
  const { value, problem, loading, reload } = useLoaded('records.signatures', { of });
  // The verbs come with the list: a list that arrives later would push them away under a pointer.
  if (loading) return <WaitingSoon doing="Reading the signatures" />;
  return (
    <Stack>
      {problem && <ProblemBox problem={problem} title="The signatures could not be read" />}
      {value?.length === 0 && <p>Nobody has signed this record.</p>}
      {value !== undefined && value.length > 0 && (
        <ul className={styles.lines}>
          {value.map(({ kind, by, fingerprint, at, covers }) => (
            <li key={`${fingerprint} ${covers}`} className={styles.signature}>
              <p>
                <b>{kind === 'openpgp' ? visible(by ?? '') : 'The key of an installation'}</b>
              </p>
              <p>
                {dayAndTime(at)}, over the first {count(covers, 'event')}
              </p>
              <Fingerprint hex={fingerprint} />
            </li>
          ))}
        </ul>
      )}
      {of.kind === 'own' && <SignNow id={of.id} onSigned={reload} />}
      <Disclosure title="Add a person’s OpenPGP signature">
        <AddSignature of={of} info={info} onAdded={reload} />
      </Disclosure>
    </Stack>
  );
}
