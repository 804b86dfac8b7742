import { FileTrigger } from 'react-aria-components/FileTrigger';
import { Button } from '../../../components/Button/Button.tsx';
import { RadioGroup, type Option } from '../../../components/Choice/Choice.tsx';
import { Fingerprint } from '../../../components/Fingerprint/Fingerprint.tsx';
import { Row, Stack } from '../../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import type { StartKeyHandle, StartWay } from './use-start-key.ts';

/** OTP or PGP, and whose key: asked before the attempt is started, because it cannot be changed after. */
export function StartKey({ start }: { start: StartKeyHandle }) {
  const { way, named, problem } = start;
  return (
    <Stack>
      <RadioGroup
        label="How is the token hidden until it is decoded?"
        hint="With an OTP, whoever has OTP and encoded token reads it. With an OpenPGP key (PGP mode), only the owner of that key does, and a dead laptop loses nothing while the key is elsewhere."
        options={ways}
        value={way}
        onChange={start.choose}
      />
      {way === 'file' && <FromFile start={start} />}
      {way === 'gpg' && <FromGpg start={start} />}
      {problem && <ProblemBox problem={problem} title="This key cannot be used" />}
      {named && (
        <Stack gap="tight">
          <h2>Read these words aloud with the key’s owner</h2>
          <p>
            The owner compares them with the key itself. After the start Vault has to report the
            same fingerprint, or the attempt is taken back.
          </p>
          <Fingerprint {...named} />
        </Stack>
      )}
    </Stack>
  );
}

const ways: readonly Option<StartWay>[] = [
  {
    value: 'otp',
    label: 'An OTP, kept by Keyturn',
    hint: 'The usual way. It can be written down.',
  },
  {
    value: 'file',
    label: 'An officer’s OpenPGP key, from a file',
    hint: 'The public key. The private one is needed only to decode.',
  },
  {
    value: 'gpg',
    label: 'A key of the gpg on this computer',
    hint: 'Also one on a smart card or a YubiKey.',
  },
  {
    value: 'app',
    label: 'A key that Keyturn makes',
    hint: 'Kept like an OTP and removed when the ceremony closes. It cannot be written down.',
  },
];

function FromFile({ start }: { start: StartKeyHandle }) {
  return (
    <Row>
      <FileTrigger
        onSelect={(files) => {
          const file = files?.[0];
          if (file) void publicKeyText(file).then(start.takeFile);
        }}
      >
        <Button icon="file" busy={start.busy}>
          Choose the public key
        </Button>
      </FileTrigger>
    </Row>
  );
}

/** Bytes; larger is no public key. */
const largest = 290_000;

/** Armored text as it is, a binary key as base64. What is far too large is not read at all. */
async function publicKeyText(file: File): Promise<string> {
  if (file.size > largest) return 'too large';
  const bytes = new Uint8Array(await file.arrayBuffer());
  const isBinary = ((bytes[0] ?? 0) & 0x80) !== 0;
  if (!isBinary) return new TextDecoder().decode(bytes) || 'empty';
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

function FromGpg({ start }: { start: StartKeyHandle }) {
  const { keys, named } = start;
  if (!keys) return null;
  if (keys.length === 0)
    return <p role="status">gpg has no private key here that could decrypt the token.</p>;
  return (
    <RadioGroup
      label="Which key?"
      options={keys.map(({ fingerprint, userIds, onCard }) => ({
        value: fingerprint,
        label: userIds[0] ?? 'A key without a name',
        hint: onCard ? 'On a card' : 'On this computer',
      }))}
      value={named?.fingerprint}
      onChange={(chosen) => start.pick(keys.find(({ fingerprint }) => fingerprint === chosen))}
    />
  );
}
