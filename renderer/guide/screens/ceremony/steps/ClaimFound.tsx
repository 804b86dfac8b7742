import { useState, type SubmitEvent } from 'react';
import type { Claim } from '../../../../../shared/ceremony/events.ts';
import { samePerson } from '../../../../../shared/ceremony/people.ts';
import type { Nonce } from '../../../../../shared/ids.ts';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { RadioGroup } from '../../../components/Choice/Choice.tsx';
import { Disclosure } from '../../../components/Disclosure/Disclosure.tsx';
import { Field, TextArea } from '../../../components/Field/Field.tsx';
import { Stack } from '../../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { Words } from '../../../components/Words/Words.tsx';
import { operatorOf } from '../aside/operator.ts';
import { useFields } from '../use-fields.ts';
import { useView } from '../view.ts';

/** Somebody else's attempt may be joined where the holder of its OTP or PGP key was heard by voice. */
export function ClaimFound({ nonce }: { nonce: Nonce }) {
  const { id, state, can } = useView();
  const call = useCall('ceremony.claim-found');
  const [holds, setHolds] = useState<Claim['holds']>();
  const [missing, setMissing] = useState(false);
  const fields = useFields(`${id} claim`, { owner: '', voice: '', by: operatorOf(state) });
  const { owner, voice, by } = fields.values;
  if (!can('claim-found') || state.claim?.nonce === nonce) return null;

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setMissing(holds === undefined);
    const right = {
      owner: owner.trim() !== '' && !samePerson(owner, by),
      voice: voice.trim() !== '',
      by: by.trim() !== '',
    };
    if (!fields.check(right) || holds === undefined) return;
    const claim: Claim = {
      nonce,
      owner: owner.trim(),
      holds,
      voice: voice.trim(),
      by: by.trim(),
    };
    void call.run({ id, claim });
  };
  return (
    <Disclosure title="Join that attempt, where its owner is known">
      <form onSubmit={submit} noValidate>
        <Stack>
          <p>
            The token that comes of it can be read only by whoever started it: with the OTP that
            Vault showed them, or with their PGP key. Neither is on this laptop. Call them, and let
            them read these words from their own screen.
          </p>
          <Words nonce={nonce} />
          <Field
            label="Who holds its OTP or PGP key"
            maxLength={120}
            value={owner}
            onChange={(text) => fields.set('owner', text)}
            error={fields.wrong('owner', 'Enter the name of the person who started it.')}
          />
          <RadioGroup
            label="What they hold"
            options={[
              {
                value: 'otp',
                label: 'The OTP',
                hint: 'They enter it here once all shares are in, or take the encoded token.',
              },
              {
                value: 'pgp-key',
                label: 'The PGP key',
                hint: 'They take the encoded token and decrypt it themselves.',
              },
            ]}
            value={holds}
            onChange={setHolds}
            error={missing && holds === undefined ? 'Ask them which of the two.' : undefined}
          />
          <TextArea
            label="How they confirmed it by voice"
            hint="Who called whom, and that the words were the same."
            rows={2}
            maxLength={2000}
            value={voice}
            onChange={(text) => fields.set('voice', text)}
            error={fields.wrong('voice', 'Say how it was confirmed by voice.')}
          />
          <Field
            label="Who heard them"
            maxLength={120}
            value={by}
            onChange={(text) => fields.set('by', text)}
            error={fields.wrong('by', 'Who heard them? Enter a name.')}
          />
          {call.problem && <ProblemBox problem={call.problem} title="It was not written down" />}
          <div>
            <Button type="submit" busy={call.busy}>
              The attempt is theirs: go on towards joining it
            </Button>
          </div>
        </Stack>
      </form>
    </Disclosure>
  );
}
