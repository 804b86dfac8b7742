import type { SubmitEvent } from 'react';
import type { Claim } from '../../../../../shared/ceremony/events.ts';
import { samePerson } from '../../../../../shared/ceremony/people.ts';
import type { StateIn } from '../../../../../shared/ceremony/state.ts';
import { count } from '../../../app/time.ts';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Disclosure } from '../../../components/Disclosure/Disclosure.tsx';
import { Field } from '../../../components/Field/Field.tsx';
import { Stack } from '../../../components/Layout/Layout.tsx';
import { Notice } from '../../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { Words } from '../../../components/Words/Words.tsx';
import { HeadWords } from '../frame/HeadWords.tsx';
import { Step } from '../frame/Step.tsx';
import { operatorOf } from '../aside/operator.ts';
import { useFields } from '../use-fields.ts';
import { useView } from '../view.ts';
import { EncodedElsewhere } from './EncodedElsewhere.tsx';
import { RestoreOtp } from './Otp.tsx';
import { TakeDecoded } from './TakeToken.tsx';

/** In place of the start: going on with an attempt that somebody else started. */
export function JoinStep({ state, claim }: { state: StateIn<'ready'>; claim: Claim }) {
  const { id, can, show } = useView();
  const call = useCall('ceremony.join');
  const { required } = state.preflight;
  return (
    <Step
      owner="Operator"
      title={`Join the attempt of ${claim.owner}`}
      lead="Nothing is started. The nonce is read once more, and the shares that are still missing are given here."
      problem={call.problem}
      problemTitle="The attempt was not joined"
      verb={{
        label: 'Join this attempt',
        onDo: () => void call.run({ id }),
        busy: call.busy,
        closed: !can('join'),
      }}
      ways={<Button onPress={() => show('preflight')}>Back to preflight</Button>}
    >
      <Whose claim={claim} />
      {required !== undefined && (
        <p>{count(required, 'share')} complete it. Who gave those before is asked for next.</p>
      )}
      <Words nonce={claim.nonce} />
    </Step>
  );
}

/** Who can read the token that comes of it. Never a promise that it can be read here. */
export function Whose({ claim }: { claim: Claim }) {
  const { owner, holds } = claim;
  return (
    <Notice tone="warning" title={`Only ${owner} can read the token of this attempt`}>
      <p>
        {owner} started it and holds its {holds === 'otp' ? 'OTP' : 'PGP key'}. It is not on this
        laptop.{' '}
        {holds === 'otp'
          ? 'Once all shares are in, the OTP is entered here, or the encoded token goes to them.'
          : 'Once all shares are in, the encoded token goes to them.'}
      </p>
    </Notice>
  );
}

/** All shares are in, and what reads the token is somebody else's. */
export function JoinedComplete({ state, claim }: { state: StateIn<'complete'>; claim: Claim }) {
  const { id, can } = useView();
  const call = useCall('ceremony.decode');
  const { owner, holds } = claim;
  const otp = holds === 'otp';
  return (
    <Step
      owner="Operator"
      title={otp ? `${owner} enters the OTP` : `The encoded token is for ${owner}`}
      lead="All shares are in. Vault answered with the encoded token, and it is kept on this laptop."
      trouble={state.trouble}
      troubleTitle="The token was not decoded"
      problem={call.problem}
      problemTitle="The token was not decoded"
      verb={
        otp
          ? {
              label: 'Decode the token',
              onDo: () => void call.run({ id }),
              busy: call.busy,
              closed: !can('decode'),
            }
          : undefined
      }
      ways={otp && <RestoreOtp />}
      below={
        <>
          <EncodedElsewhere owner={owner} />
          <TakeDecoded />
          <ShowEncoded claim={claim} />
        </>
      }
    >
      <HeadWords />
      <p>
        {otp
          ? `Enter the OTP first, in its own window: ${owner} types it, or reads it to the operator. Then decode. The token is not shown: it goes to the keychain.`
          : `Only ${owner}’s key can read it. Hand it over below. Where ${owner} decodes it on another laptop and seals it to this ceremony, it is taken back here and the ceremony goes on; otherwise leave the ceremony with that as the reason.`}
      </p>
    </Step>
  );
}

function ShowEncoded({ claim }: { claim: Claim }) {
  const { id, state, can } = useView();
  const open = useCall('surface.open-secret-entry');
  const fields = useFields(`${id} encoded`, { agreedBy: operatorOf(state) });
  const agreedBy = fields.values.agreedBy.trim();
  const { owner } = claim;

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!fields.check({ agreedBy: agreedBy !== '' && !samePerson(agreedBy, owner) })) return;
    void open.run({ id, what: { kind: 'show-encoded', to: owner, agreedBy } });
  };
  return (
    <Disclosure title={`Leave the encoded token to ${owner}`} startsOpen={claim.holds !== 'otp'}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <p>
            It is shown once more in its own window, for writing down. Together with{' '}
            {claim.holds === 'otp' ? 'the OTP' : 'their key'} it is a DR operation token that never
            expires.
          </p>
          <Field
            label="Who agreed"
            maxLength={120}
            value={fields.values.agreedBy}
            onChange={(text) => fields.set('agreedBy', text)}
            error={fields.wrong('agreedBy', `Enter the name of somebody other than ${owner}.`)}
          />
          {open.problem && <ProblemBox problem={open.problem} title="The page did not open" />}
          <div>
            <Button type="submit" icon="eye" busy={open.busy} isDisabled={!can('show-encoded')}>
              Show the encoded token in its own window
            </Button>
          </div>
        </Stack>
      </form>
    </Disclosure>
  );
}
