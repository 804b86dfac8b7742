import type { DeskView } from '../../../../shared/contract/offline.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Row, Stack } from '../../components/Layout/Layout.tsx';
import { Notice } from '../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { InvitationFound } from './InvitationFound.tsx';
import { Parcel } from './Parcel.tsx';
import { TrustSigner } from './TrustSigner.tsx';

/** Read the invitation; where it is good, compare the words and seal a share to it. */
export function InvitationTask({ view }: { view: DeskView }) {
  const open = useCall('desk.open');
  const { invitation, sealed } = view;
  const good = invitation?.verdict === 'good';
  return (
    <Stack>
      {invitation && <InvitationFound invitation={invitation} />}
      {invitation?.verdict === 'signer-unknown' && (
        <TrustSigner invitation={invitation} trustBy="desk.trust-signer" />
      )}
      {sealed && (
        <Notice tone="good" title={`The share of ${sealed.holder} is sealed`} announce>
          <p>
            Show these codes to the operator’s laptop, or bring it the file. Nobody else can open
            it.
          </p>
        </Notice>
      )}
      {sealed && <Parcel name={sealed.parcel} />}
      {open.problem && <ProblemBox problem={open.problem} title="The page did not open" />}
      <Row>
        {good && (
          <Button
            kind={sealed ? 'quiet' : 'primary'}
            icon="lock"
            busy={open.busy}
            onPress={() => void open.run({ page: 'seal-share' })}
          >
            {sealed ? 'Seal another share' : 'Seal a share'}
          </Button>
        )}
        <Button
          kind={invitation ? 'quiet' : 'primary'}
          icon="eye"
          busy={open.busy}
          onPress={() => void open.run({ page: 'scan', purpose: { kind: 'invitation' } })}
        >
          {invitation ? 'Read another invitation' : 'Read the invitation'}
        </Button>
      </Row>
    </Stack>
  );
}
