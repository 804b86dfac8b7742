import type { HolderView } from '../../../../shared/contract/holder.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Page, Row, Stack } from '../../components/Layout/Layout.tsx';
import { Notice } from '../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { WaitingSoon } from '../../components/Waiting/Waiting.tsx';
import { DeskNote } from '../offline/DeskNote.tsx';
import { InvitationFound } from '../offline/InvitationFound.tsx';
import { TrustSigner } from '../offline/TrustSigner.tsx';
import { Giving } from './Giving.tsx';
import { HandBack } from './HandBack.tsx';
import { useHolder } from './use-holder.ts';

/** For whoever holds a share while another laptop conducts: read, compare, give, done. */
export function Holder({ onHome }: { onHome: () => void }) {
  const { view, problem } = useHolder();
  if (problem) return <ProblemBox problem={problem} title="This screen did not open" />;
  if (!view) return <WaitingSoon doing="Looking at what lies here" />;
  if (view.kept)
    return (
      <Page
        title="Hand back the encoded token"
        lead={`Yours was the last share: Vault’s reply, with the encoded token in it, came to this laptop. ${view.kept.operator} needs it, and only the operator’s laptop can open what you hand over.`}
      >
        <HandBack kept={view.kept} />
      </Page>
    );
  return (
    <Page
      title="I hold a share"
      lead="Somebody else conducts the ceremony. You follow their invitation, and give your share from here."
    >
      <Invited view={view} />
      {view.invitation && <DeskNote addBy="holder.note" />}
      <End done={view.gave.length > 0 && view.pending === undefined} onHome={onHome} />
    </Page>
  );
}

function Invited({ view }: { view: HolderView }) {
  const { invitation, leftOver } = view;
  return (
    <Stack>
      {leftOver.map((holder) => (
        <Notice
          key={holder}
          tone="warning"
          title={`Keyturn stopped while the share of ${holder} was under way`}
        >
          <p>
            It was not sent again. Read the invitation again to see how the attempt stands, and ask
            the operator whether the share is in. Giving the same share again does no harm: Vault
            refuses one that it has.
          </p>
        </Notice>
      ))}
      {invitation?.verdict === 'good' ? (
        <Giving view={view} invitation={invitation} />
      ) : (
        <>
          {invitation && <InvitationFound invitation={invitation} />}
          {invitation?.verdict === 'signer-unknown' && (
            <TrustSigner invitation={invitation} trustBy="holder.trust-signer" />
          )}
          <Read again={invitation !== undefined} />
        </>
      )}
    </Stack>
  );
}

function Read({ again }: { again: boolean }) {
  const open = useCall('holder.open');
  return (
    <>
      {!again && (
        <p>
          The operator shows it as QR codes or sends a file. It has no secret in it; your share is
          not asked for yet.
        </p>
      )}
      {open.problem && <ProblemBox problem={open.problem} title="The page did not open" />}
      <Row>
        <Button
          kind={again ? 'quiet' : 'primary'}
          size={again ? 'normal' : 'large'}
          icon="eye"
          busy={open.busy}
          onPress={() => void open.run({ page: 'scan' })}
        >
          {again ? 'Read another invitation' : 'Read the invitation'}
        </Button>
      </Row>
    </>
  );
}

function End({ done, onHome }: { done: boolean; onHome: () => void }) {
  const clear = useCall('holder.clear');
  const end = async () => {
    const result = await clear.run(undefined);
    if (result.ok) onHome();
  };
  return (
    <Stack>
      {clear.problem && <ProblemBox problem={clear.problem} title="It was not ended" />}
      <Row>
        <Button
          kind={done ? 'primary' : 'quiet'}
          icon="back"
          busy={clear.busy}
          onPress={() => void end()}
        >
          End this work and go Home
        </Button>
      </Row>
    </Stack>
  );
}
