import type { StateIn } from '../../../../../shared/ceremony/state.ts';
import { shareWord } from '../../../../../shared/profile.ts';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { KeyShapes } from '../../../components/KeyShapes/KeyShapes.tsx';
import { Stack } from '../../../components/Layout/Layout.tsx';
import { Notice } from '../../../components/Notice/Notice.tsx';
import { Words } from '../../../components/Words/Words.tsx';
import { KeyOfAttempt } from './KeyOfAttempt.tsx';
import { HeadWords } from '../frame/HeadWords.tsx';
import { Step } from '../frame/Step.tsx';
import { oneOf } from '../phrases.ts';
import { useView } from '../view.ts';
import { titleOfTrouble } from './Collecting.tsx';
import { HoldersElsewhere } from './HoldersElsewhere.tsx';
import { Holders, waitingHolders } from './Holders.tsx';
import { Whose } from './Joined.tsx';
import { Otp } from './Otp.tsx';
import { VaultToken } from './VaultToken.tsx';
import { RecheckButton } from './ways.tsx';

/** The next holder's turn: compare the words, then give the share on the page made for it. */
export function NextShare({ state }: { state: StateIn<'collecting'> }) {
  const { id, can, isOpen, records } = useView();
  const open = useCall('surface.open-share-entry');
  const close = useCall('surface.close');
  const { attempt, cluster, roster, preflight } = state;
  const word = shareWord(cluster.seal);
  const entering = isOpen('share-entry');
  const next = waitingHolders(attempt, roster);
  const written = records.some(({ event }) => event.type === 'otp.shown');

  return (
    <Step
      owner="Key holders"
      title={titleOf(attempt.required - attempt.progress, attempt.round)}
      lead={
        next.length > 0
          ? `Next: ${oneOf(next)} gives one ${word}${state.purpose === 'dr-operation-token' ? ' of the primary' : ''}.`
          : `Everybody on the list has given, and ${word}s are still missing. Cancel, or let somebody give one with the command below.`
      }
      trouble={attempt.trouble}
      troubleTitle={titleOfTrouble(attempt)}
      problem={open.problem ?? close.problem}
      problemTitle="The share page did not open"
      verb={{
        label: entering ? 'Show the share page' : 'Open the share page',
        icon: 'key',
        onDo: () => void open.run({ id }),
        busy: open.busy,
        closed: !can('give-share'),
      }}
      ways={
        <>
          {entering && (
            <Button onPress={() => void close.run({ surface: 'share-entry' })}>
              Close the share page
            </Button>
          )}
          <RecheckButton />
        </>
      }
      below={
        <>
          <HoldersElsewhere owner={attempt.joined?.owner} />
          {attempt.key && <KeyOfAttempt pgpKey={attempt.key} />}
          {!attempt.key && !attempt.joined && <Otp />}
        </>
      }
    >
      <KeyShapes given={attempt.progress} required={attempt.required} word={word} />
      <Holders attempt={attempt} roster={roster} />
      <HeadWords />
      {entering ? (
        <Notice title="The share page is open in its own window" announce>
          <p>
            The holder sits there alone: picks the name, compares the words, gives the share. The
            page is destroyed afterwards, and this one goes on by itself.
          </p>
        </Notice>
      ) : (
        <Stack gap="tight">
          <h2>Read these words aloud</h2>
          <p>
            Whoever follows from elsewhere sees the same sixteen words in Keyturn, or the line below
            them with the vault command. Where anything differs, it is another attempt: give no
            share.
          </p>
        </Stack>
      )}
      <Words nonce={attempt.nonce} />
      {attempt.joined && <Whose claim={attempt.joined} />}
      {!attempt.joined && !attempt.key && !written && attempt.progress === 0 && (
        <Notice tone="warning" title="The OTP is on this laptop only">
          <p>If the laptop dies, the attempt ends with it. It can be written down further below.</p>
        </Notice>
      )}
      {preflight.tokenNeeded && <VaultToken />}
    </Step>
  );
}

function titleOf(missing: number, round: number): string {
  const shares = missing === 1 ? 'One more share' : `${missing} shares to give`;
  return round === 1 ? shares : `Round ${round}: ${shares.toLowerCase()}`;
}
