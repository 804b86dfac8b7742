import type { PgpKey } from '../../../../../shared/pgp/key.ts';
import type { StateIn } from '../../../../../shared/ceremony/state.ts';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Fingerprint } from '../../../components/Fingerprint/Fingerprint.tsx';
import { Notice } from '../../../components/Notice/Notice.tsx';
import { HeadWords } from '../frame/HeadWords.tsx';
import { Step, type Verb } from '../frame/Step.tsx';
import { EncodedElsewhere } from './EncodedElsewhere.tsx';
import { TakeDecoded } from './TakeToken.tsx';
import { useView } from '../view.ts';

/** The encoded token is here, and only the private half of the attempt's key reads it. */
export function CompletePgp({ state, pgpKey }: { state: StateIn<'complete'>; pgpKey: PgpKey }) {
  const { id, can, isOpen } = useView();
  const own = useCall('ceremony.decode');
  const gpg = useCall('ceremony.decode-with-gpg');
  const file = useCall('surface.open-secret-entry');
  const stop = useCall('pgp.stop-gpg');
  const closed = !can('decode');

  const ways: Readonly<Record<PgpKey['from'], Verb>> = {
    app: {
      label: 'Decrypt the token',
      onDo: () => void own.run({ id }),
      busy: own.busy,
      closed,
    },
    gpg: {
      label: 'Decrypt with gpg',
      icon: 'key',
      onDo: () => void gpg.run({ id }),
      busy: gpg.busy,
      closed,
    },
    file: {
      label: isOpen('secret-entry') ? 'Show the key page' : 'Decrypt with a key file',
      icon: 'lock',
      onDo: () => void file.run({ id, what: { kind: 'pgp-key' } }),
      busy: file.busy,
      closed,
    },
  };
  const other = pgpKey.from === 'app' ? undefined : ways[pgpKey.from === 'gpg' ? 'file' : 'gpg'];

  return (
    <Step
      owner="Operator"
      title="Decrypt the token"
      lead="All shares are in. Vault answered with the token, encrypted to the key below, and it is kept. Decrypting happens on this laptop and needs no network."
      trouble={state.trouble}
      troubleTitle="The token was not decrypted"
      problem={own.problem ?? gpg.problem ?? file.problem}
      problemTitle="The token was not decrypted"
      verb={ways[pgpKey.from]}
      ways={
        gpg.busy ? (
          <Button icon="stop" onPress={() => void stop.run(undefined)}>
            Stop gpg
          </Button>
        ) : (
          other && (
            <Button isDisabled={closed} busy={other.busy ?? false} onPress={other.onDo}>
              {other.label}
            </Button>
          )
        )
      }
      below={
        <>
          <EncodedElsewhere />
          <TakeDecoded />
        </>
      }
    >
      <HeadWords />
      {gpg.busy && (
        <Notice title="gpg is at work" announce>
          <p>
            It may be waiting for a card, a PIN or a passphrase. It asks in a window of its own,
            which can be behind this one. After three minutes it is stopped.
          </p>
        </Notice>
      )}
      {isOpen('secret-entry') && (
        <Notice title="The key page is open in its own window" announce>
          <p>The owner of the key sits there alone. This page goes on by itself.</p>
        </Notice>
      )}
      <Fingerprint fingerprint={pgpKey.fingerprint} userIds={pgpKey.userIds} />
    </Step>
  );
}
