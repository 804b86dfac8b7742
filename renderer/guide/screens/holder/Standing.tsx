import type { HolderView } from '../../../../shared/contract/holder.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { KeyShapes } from '../../components/KeyShapes/KeyShapes.tsx';
import { Stack } from '../../components/Layout/Layout.tsx';
import { Notice } from '../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { WaitingSoon } from '../../components/Waiting/Waiting.tsx';

/** The holder's work is done. */
export const Counted = ({ gave }: { gave: readonly string[] }) => (
  <Notice tone="good" title={`Vault counted the share of ${gave.join(' and ')}`} announce>
    <p>
      Take the paper with you. You are done here: the operator’s screen goes on. While this screen
      stays open, it shows the progress.
    </p>
  </Notice>
);

/** What Vault said last of the attempt, and what is not known of the shares given from here. */
export function Standing({ view, word }: { view: HolderView; word: string }) {
  const { pending, doubtful, newRound } = view;
  return (
    <Stack>
      {newRound && (
        <Notice tone="warning" title="The share given here before does not count any more" announce>
          <p>
            A new round or a new attempt has begun. Compare the share with its paper, and give it
            again when the operator asks.
          </p>
        </Notice>
      )}
      {pending !== undefined && <Unknown holder={pending} />}
      {doubtful.map((holder) => (
        <Notice
          key={holder}
          tone="warning"
          title={`The share of ${holder}: counted or not, Vault’s status cannot tell`}
        >
          <p>
            Ask the operator who has given. Giving the same share again does no harm: Vault refuses
            one that it has, and says so.
          </p>
        </Notice>
      ))}
      <Attempt view={view} word={word} />
    </Stack>
  );
}

function Attempt({ view: { seen, route }, word }: { view: HolderView; word: string }) {
  if (!seen) return <WaitingSoon doing="Asking Vault how the attempt stands" />;
  switch (seen.state) {
    case 'open':
      return (
        <Stack gap="tight">
          <KeyShapes given={seen.progress} required={seen.required} word={word} />
          <p>
            As Vault says at {timeOf(seen.at)}, at {seen.node}
            {route?.state === 'profile' && `, by the profile ${route.name} of this laptop`}.
          </p>
        </Stack>
      );
    case 'none':
      return (
        <Notice tone="warning" title="Vault knows no attempt now" announce>
          <p>
            It may be complete: the operator’s screen says. It may also have been cancelled, or its
            node restarted or lost the lead. No share can be given until the operator says how it
            stands.
          </p>
        </Notice>
      );
    case 'other':
      return (
        <Notice tone="danger" title="Vault shows another attempt than the invitation’s" announce>
          <p>
            A share given to it would help whoever started it. None is given from here. Tell the
            operator on a number that you already know.
          </p>
          {seen.nonce && <p>Its nonce is {seen.nonce}.</p>}
        </Notice>
      );
    case 'token-demanded':
      return null;
    case 'failed':
      return <ProblemBox problem={seen.problem} title="How the attempt stands could not be read" />;
  }
}

/** Why the share goes to the operator and not to Vault. */
export function SealNotice({ view: { seen }, operator }: { view: HolderView; operator: string }) {
  if (seen?.state === 'token-demanded')
    return (
      <Notice tone="info" title="This Vault asks for a Vault token beside the share" announce>
        <p>
          {operator} has one, and it stays there. Seal your share: it is encrypted on this laptop,
          and {operator} gives it to Vault.
        </p>
      </Notice>
    );
  if (seen?.state === 'open')
    return (
      <Notice tone="info" title="The next share is the last" announce>
        <p>
          Only the reply to it carries the encoded token, and that belongs on the operator’s laptop.
          Give your share there, or seal it here for {operator}.
        </p>
      </Notice>
    );
  return null;
}

function Unknown({ holder }: { holder: string }) {
  const look = useCall('holder.look');
  return (
    <Notice
      tone="warning"
      title={`It is not known yet whether Vault counted the share of ${holder}`}
      announce
      actions={
        <Button icon="again" busy={look.busy} onPress={() => void look.run(undefined)}>
          Check with Vault
        </Button>
      }
    >
      <p>It was sent once, and the reply was lost. It is not sent again by itself.</p>
    </Notice>
  );
}

const timeOf = (at: string): string => new Date(at).toLocaleTimeString();
