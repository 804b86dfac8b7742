import { useState, type SubmitEvent } from 'react';
import type { DeskView } from '../../../../shared/contract/offline.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Field } from '../../components/Field/Field.tsx';
import { Stack } from '../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { useFields } from '../ceremony/use-fields.ts';
import { InvitationFound } from './InvitationFound.tsx';
import { Parcel } from './Parcel.tsx';
import { TrustSigner } from './TrustSigner.tsx';

/** The decoded token goes back to its ceremony: sealed to the key in the operator's invitation. */
export function SealBack({ invitation }: { invitation: DeskView['invitation'] }) {
  const open = useCall('desk.open');
  const good = invitation?.verdict === 'good';
  return (
    <Stack>
      <p>
        Only the operator’s laptop can open it again, and the ceremony goes on there. The key is in
        the operator’s invitation.
      </p>
      {invitation && (
        <InvitationFound
          invitation={invitation}
          compare="where one differs, it is another attempt; seal nothing to it."
        />
      )}
      {invitation?.verdict === 'signer-unknown' && (
        <TrustSigner invitation={invitation} trustBy="desk.trust-signer" />
      )}
      {good && <Seal key={invitation.read.nonce} operator={invitation.read.operator} />}
      {open.problem && <ProblemBox problem={open.problem} title="The page did not open" />}
      <div>
        <Button
          kind={invitation ? 'quiet' : 'primary'}
          icon="eye"
          busy={open.busy}
          onPress={() => void open.run({ page: 'scan', purpose: { kind: 'invitation' } })}
        >
          {invitation ? 'Read another invitation' : 'Read the invitation'}
        </Button>
      </div>
    </Stack>
  );
}

function Seal({ operator }: { operator: string }) {
  const seal = useCall('desk.seal-token');
  const fields = useFields('desk seal-token', { from: '' });
  const [parcel, setParcel] = useState<string>();
  const from = fields.values.from.trim();

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!fields.check({ from: from !== '' })) return;
    const result = await seal.run({ from });
    if (result.ok) setParcel(result.value.parcel);
  };
  return (
    <>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack>
          <Field
            label="Who decoded it"
            hint="Goes on the record of the ceremony."
            maxLength={120}
            value={fields.values.from}
            onChange={(text) => fields.set('from', text)}
            error={fields.wrong('from', 'Who decoded it? Enter a name.')}
          />
          {seal.problem && <ProblemBox problem={seal.problem} title="The token was not sealed" />}
          <div>
            <Button type="submit" kind="primary" icon="lock" busy={seal.busy}>
              Seal it to {operator}’s laptop
            </Button>
          </div>
        </Stack>
      </form>
      {parcel && <Parcel name={parcel} />}
    </>
  );
}
