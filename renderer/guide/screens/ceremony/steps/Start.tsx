import { heldBack } from '../../../../../shared/ceremony/in-force.ts';
import { tokenWords } from '../../../../../shared/ceremony/purpose.ts';
import { joinable } from '../../../../../shared/ceremony/possible.ts';
import { describeHolder } from '../../../../../shared/ceremony/roster.ts';
import type { StateIn } from '../../../../../shared/ceremony/state.ts';
import { shareWord } from '../../../../../shared/profile.ts';
import { count } from '../../../app/time.ts';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Facts } from '../../../components/Facts/Facts.tsx';
import { Notice } from '../../../components/Notice/Notice.tsx';
import { Step } from '../frame/Step.tsx';
import { Trouble } from '../frame/Trouble.tsx';
import { useView } from '../view.ts';
import { JoinStep } from './Joined.tsx';
import { SecondPerson } from './SecondPerson.tsx';
import { StartKey } from './StartKey.tsx';
import { useStartKey } from './use-start-key.ts';
import { OtherWay, Way } from './Way.tsx';
import { EndButton } from './ways.tsx';
import { VaultToken } from './VaultToken.tsx';

/** An attempt is started, or one is joined whose owner is known. */
export function Start({ state }: { state: StateIn<'ready'> }) {
  return state.claim && joinable(state) ? (
    <JoinStep state={state} claim={state.claim} />
  ) : (
    <StartStep state={state} />
  );
}

/** The first call that changes something on the server. */
function StartStep({ state }: { state: StateIn<'ready'> }) {
  const { id, can, show } = useView();
  const call = useCall('ceremony.start');
  const look = useCall('ceremony.preflight');
  const { cluster, preflight, roster, trouble, cancelled } = state;
  const word = shareWord(cluster.seal);
  const held = heldBack(state, 'start');
  const hiding = useStartKey('otp');
  const { choice } = hiding;
  const who = [
    `${roster.operator} (operator)`,
    ...(roster.witness ? [`${roster.witness} (witness)`] : []),
    `${roster.holders.map(describeHolder).join(', ')} (${roster.holders.length === 1 ? 'holder' : 'holders'})`,
  ];

  return (
    <Step
      owner="Operator"
      title={cancelled ? 'The attempt was cancelled' : 'Start the attempt'}
      lead={
        cancelled
          ? 'No attempt of this ceremony is open any more. A new one gets a new nonce, and every share is given again.'
          : `The server is asked to open an attempt to make a ${tokenWords(state.purpose)}. Nothing else changes on it.`
      }
      trouble={trouble}
      troubleTitle="The attempt was not started"
      problem={call.problem ?? look.problem}
      problemTitle={call.problem ? 'The attempt was not started' : 'The check did not finish'}
      verb={{
        label: cancelled ? 'Start a new attempt' : 'Start the attempt',
        onDo: () => {
          if (choice !== 'missing') void call.run(choice === 'otp' ? { id } : { id, key: choice });
        },
        busy: call.busy,
        closed: !can('start') || choice === 'missing',
      }}
      ways={
        <>
          {trouble && (
            <Button
              icon="again"
              busy={look.busy}
              isDisabled={!can('preflight')}
              onPress={() => void look.run({ id })}
            >
              Check the cluster
            </Button>
          )}
          {(cancelled || trouble) && <EndButton />}
        </>
      }
      below={
        <>
          {state.purpose === 'dr-operation-token' && <SecondPerson state={state} />}
          <OtherWay />
        </>
      }
    >
      <Way />
      {held.length > 0 && (
        <Notice tone="warning" title="Before the start">
          {held.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </Notice>
      )}
      <Facts
        facts={[
          ['On the node', <code key="node">{preflight.node}</code>],
          [
            'Needed',
            preflight.required === undefined
              ? `As many ${word}s as the server says at the start`
              : `${count(preflight.required, word)}${state.purpose === 'dr-operation-token' ? ' of the primary' : ''}, from ${count(roster.holders.length, 'holder')}`,
          ],
          [
            'Present',
            <span key="who">
              {who.join(', ')}{' '}
              <Button kind="plain" isDisabled={!can('set-roster')} onPress={() => show('people')}>
                Change
              </Button>
            </span>,
          ],
        ]}
      />
      <Notice title="One attempt, shared by everybody">
        <p>
          The server has room for one attempt. Whoever reaches it sees this one, and whoever cancels
          it cancels it for all.
        </p>
      </Notice>
      <StartKey start={hiding} />
      {hiding.way === 'otp' && <Laptop inMemory={state.keychain === 'memory'} />}
      {preflight.tokenNeeded && <VaultToken />}
    </Step>
  );
}

/** What an OTP ceremony hangs on. */
function Laptop({ inMemory }: { inMemory: boolean }) {
  return (
    <Notice tone="warning" title="If this laptop dies, the attempt ends with it">
      <p>
        Vault shows the OTP once, and without it the token cannot be read. Keyturn keeps it{' '}
        {inMemory
          ? 'in memory only: when Keyturn closes, it is gone'
          : 'in the keychain of this laptop'}
        . Only an OTP that was written down survives the laptop; the next screen offers that. An
        officer’s own OpenPGP key survives it too.
      </p>
    </Notice>
  );
}

/** The call is under way, or its reply was lost: then only the server knows. */
export function Starting({ state }: { state: StateIn<'starting'> }) {
  const { can, recheck, activity } = useView();
  return (
    <Step
      owner="Operator"
      title="The attempt is being started"
      lead="The request was sent once. It is not sent again by itself."
      verb={
        activity
          ? undefined
          : {
              label: 'Check with Vault',
              onDo: recheck.run,
              busy: recheck.busy,
              closed: !can('recheck'),
            }
      }
    >
      {!activity && (
        <Trouble
          title="The answer to the start is not known"
          problem={{
            code: 'ceremony.outcome-unknown',
            known: `${state.node} was asked to start an attempt, and no answer is on record.`,
            safe: 'No share was given, and no token can be made without shares.',
            next: 'Check with Vault whether an attempt is open.',
          }}
        />
      )}
      {!activity && state.preflight.tokenNeeded && <VaultToken />}
    </Step>
  );
}
