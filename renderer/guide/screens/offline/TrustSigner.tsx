import type { SubmitEvent } from 'react';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Field } from '../../components/Field/Field.tsx';
import { Stack } from '../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { useFields } from '../ceremony/use-fields.ts';
import { Fingerprint } from './Fingerprint.tsx';
import type { InvitationView } from './InvitationFound.tsx';

/** Every word of the signer's fingerprint, by voice: a deviation that two people answer for. */
export function TrustSigner({
  invitation,
  trustBy,
}: {
  invitation: InvitationView;
  trustBy: 'desk.trust-signer' | 'holder.trust-signer';
}) {
  const trust = useCall(trustBy);
  const fields = useFields(`signer ${invitation.signer.fingerprint}`, {
    comparedBy: '',
    agreedBy: '',
  });
  const { comparedBy, agreedBy } = fields.values;

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const right = { comparedBy: comparedBy.trim() !== '', agreedBy: agreedBy.trim() !== '' };
    if (!fields.check(right)) return;
    void trust.run({
      fingerprint: invitation.signer.fingerprint,
      comparedBy: comparedBy.trim(),
      agreedBy: agreedBy.trim(),
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Fingerprint
          title="Compare every word by voice"
          lead={`Call ${invitation.read.operator} on a number that you knew before, not one that came with the invitation. Where one word differs, give no share.`}
          words={invitation.signer.words}
          hex={invitation.signer.fingerprint}
        />
        <Field
          label="Who compared the words"
          maxLength={120}
          value={comparedBy}
          onChange={(text) => fields.set('comparedBy', text)}
          error={fields.wrong('comparedBy', 'Who compared them? Enter a name.')}
        />
        <Field
          label="Who agreed"
          hint="Somebody else. Both names are kept on this laptop as a deviation."
          maxLength={120}
          value={agreedBy}
          onChange={(text) => fields.set('agreedBy', text)}
          error={fields.wrong('agreedBy', 'Enter the name of a second person.')}
        />
        {trust.problem && (
          <ProblemBox problem={trust.problem} title="The signer is still unknown" />
        )}
        <div>
          <Button type="submit" kind="primary" busy={trust.busy}>
            All words are the same
          </Button>
        </div>
      </Stack>
    </form>
  );
}
