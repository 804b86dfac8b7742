import type { StateIn } from '../../../../../shared/ceremony/state.ts';
import { useCall } from '../../../app/use-call.ts';
import { HeadWords } from '../frame/HeadWords.tsx';
import { Step } from '../frame/Step.tsx';
import { useView } from '../view.ts';
import { CompletePgp } from './CompletePgp.tsx';
import { JoinedComplete } from './Joined.tsx';
import { RestoreOtp } from './Otp.tsx';

/** The encoded token is here; reading it needs no server. */
export function Complete({ state }: { state: StateIn<'complete'> }) {
  const { key, joined } = state.attempt;
  if (joined) return <JoinedComplete state={state} claim={joined} />;
  return key ? <CompletePgp state={state} pgpKey={key} /> : <OwnComplete state={state} />;
}

function OwnComplete({ state }: { state: StateIn<'complete'> }) {
  const { id, can } = useView();
  const call = useCall('ceremony.decode');
  const failed = call.problem ?? state.trouble;
  return (
    <Step
      owner="Operator"
      title="Decode the token"
      lead="All shares are in. Vault answered with the encoded token, and it is kept. Decoding happens on this laptop and needs no network."
      trouble={state.trouble}
      troubleTitle="The token was not decoded"
      problem={call.problem}
      problemTitle="The token was not decoded"
      verb={{
        label: failed ? 'Try to decode again' : 'Decode the token',
        onDo: () => void call.run({ id }),
        busy: call.busy,
        closed: !can('decode'),
      }}
      ways={failed && <RestoreOtp />}
    >
      <HeadWords />
      <p>
        {state.purpose === 'root-token'
          ? 'Encoded token and OTP together give the root token. It is not shown now: it goes to the keychain, and the next step asks what becomes of it.'
          : 'Encoded token and OTP together give the DR operation token. It is not shown: it goes from here to the keychain, and from there to Vault when the cluster is promoted.'}
      </p>
    </Step>
  );
}
