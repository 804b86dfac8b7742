import { nonceWords } from '../../../../../shared/codec/words.ts';
import { isInvited } from '../../../../../shared/ceremony/invited.ts';
import type { Nonce } from '../../../../../shared/ids.ts';
import type { StartKeyChoice } from '../../../../../shared/contract/pgp.ts';
import type { PgpKey } from '../../../../../shared/pgp/key.ts';
import type { StateIn } from '../../../../../shared/ceremony/state.ts';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Facts } from '../../../components/Facts/Facts.tsx';
import { Notice } from '../../../components/Notice/Notice.tsx';
import { Step } from '../frame/Step.tsx';
import { useView } from '../view.ts';
import { CancelFound } from './CancelFound.tsx';
import { StartKey } from './StartKey.tsx';
import { TakeHanded } from './TakeToken.tsx';
import { useStartKey } from './use-start-key.ts';
import { VaultToken } from './VaultToken.tsx';
import { EndButton } from './ways.tsx';

/** Another attempt has taken the one place on the server. */
export function Superseded({ state }: { state: StateIn<'superseded'> }) {
  const { can, recheck } = useView();
  const start = useStart(state.attempt.key);
  return (
    <Step
      owner="Operator"
      title="Stop: this is somebody else’s attempt"
      lead="The server shows another nonce than ours. No share is given here until it is ours again."
      problem={start.problem}
      problemTitle="A new attempt was not started"
      verb={{
        label: 'Check with Vault',
        onDo: recheck.run,
        busy: recheck.busy,
        closed: !can('recheck'),
      }}
      ways={
        <>
          {start.button}
          <EndButton />
        </>
      }
      below={
        <>
          <TakeHanded state={state} />
          <CancelFound nonce={state.otherNonce} />
        </>
      }
    >
      <Facts
        mono
        facts={[
          ['Ours', <NonceStart key="ours" nonce={state.attempt.nonce} />],
          ['On the server', <NonceStart key="other" nonce={state.otherNonce} />],
        ]}
      />
      {start.asksKey}
      {state.preflight.tokenNeeded && <VaultToken />}
      <Notice tone="danger" title="Tell the room, and everybody on the phone">
        <p>
          A share given now makes a token for whoever started the other attempt. Shares given to
          ours count for nothing there.
        </p>
        <p>
          Find out who started it. When it is finished or cancelled, check with Vault; ours may come
          back if the old leader does. A new attempt can only be started once no other is open.
        </p>
      </Notice>
    </Step>
  );
}

/** The server knows no attempt. Why is not guessed. */
export function Gone({ state }: { state: StateIn<'gone'> }) {
  const { can, recheck, records } = useView();
  const start = useStart(state.attempt.key);
  return (
    <Step
      owner="Operator"
      title="The server knows no attempt"
      lead={
        state.tokenMayExist
          ? 'Before this was seen, one more share would have completed ours.'
          : 'It was not completed with the shares known here.'
      }
      problem={start.problem}
      problemTitle="A new attempt was not started"
      verb={{
        label: 'Check with Vault',
        onDo: recheck.run,
        busy: recheck.busy,
        closed: !can('recheck'),
      }}
      ways={
        <>
          {start.button}
          <EndButton />
        </>
      }
      below={<TakeHanded state={state} />}
    >
      <Notice title="What may have happened">
        <ul>
          <li>The node restarted: the attempt is gone for good.</li>
          <li>
            Another node leads now: the attempt comes back if the old leader does. Check again then.
          </li>
          <li>Somebody cancelled it.</li>
          {state.tokenMayExist && (
            <li>
              It was completed, and the answer with the encoded token was lost
              {isInvited(records) && ', or is on a holder’s laptop and can be taken in below'}.
            </li>
          )}
        </ul>
      </Notice>
      {state.tokenMayExist && (
        <Notice tone="warning" title="A token that nobody can read may exist">
          <p>
            If it was completed, a DR operation token without expiry exists on the server. Without
            the lost answer nobody can read it. It stays on the record as an open item: a named
            administrator looks for it in the audit log.
          </p>
        </Notice>
      )}
      <p>A new attempt gets a new nonce, and every share is given again.</p>
      {start.asksKey}
      {state.preflight.tokenNeeded && <VaultToken />}
    </Step>
  );
}

/** A new attempt in the same mode. A key from a file is asked for again: only its fingerprint is on record. */
function useStart(key: PgpKey | undefined) {
  const { id, can } = useView();
  const call = useCall('ceremony.start');
  const again = useStartKey('file');
  const choice = sameKey(key) ?? again.choice;
  const run = () => {
    if (choice !== 'missing') void call.run(choice === 'otp' ? { id } : { id, key: choice });
  };
  const button = (
    <Button busy={call.busy} isDisabled={!can('start') || choice === 'missing'} onPress={run}>
      Start a new attempt
    </Button>
  );
  const asksKey = sameKey(key) === undefined && can('start') && <StartKey start={again} />;
  return { problem: call.problem, button, asksKey };
}

function sameKey(key: PgpKey | undefined): StartKeyChoice | 'otp' | undefined {
  if (!key) return 'otp';
  switch (key.from) {
    case 'app':
      return { from: 'app' };
    case 'gpg':
      return { from: 'gpg', fingerprint: key.fingerprint };
    case 'file':
      return undefined;
  }
}

/** A nonce with the words it begins with: enough to tell two apart by ear. */
function NonceStart({ nonce }: { nonce: Nonce }) {
  return (
    <>
      {nonce}
      <br />
      {nonceWords(nonce).slice(0, 4).join(' ')} …
    </>
  );
}
