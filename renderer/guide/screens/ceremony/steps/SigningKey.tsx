import type { StateIn } from '../../../../../shared/ceremony/state.ts';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { KeyField } from '../../../components/KeyField/KeyField.tsx';
import { Fingerprint } from '../../../components/KeyField/Fingerprint.tsx';
import { Row } from '../../../components/Layout/Layout.tsx';
import { Notice } from '../../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { useFields } from '../use-fields.ts';
import { useView } from '../view.ts';

interface SigningKeyProps {
  readonly state: StateIn<'ready'>;
  readonly person: string;
  /** Marks the name where it is missing. */
  readonly named: () => boolean;
}

/** The second person's public key: what it signs at Promote is checked with this one and no other. */
export function SigningKey({ state, person, named }: SigningKeyProps) {
  const { id, can } = useView();
  const call = useCall('ceremony.set-signing-key');
  const fields = useFields(`${id} signing key`, { key: '' });
  const { key } = fields.values;
  const keep = () => {
    if (!named() || !fields.check({ key: key.includes('-----BEGIN PGP ') })) return;
    void call.run({ id, person, key });
  };
  const kept = state.signingKey;
  return (
    <>
      {kept && (
        <Notice tone="good" title={`The key of ${kept.person} is on the record`}>
          <p>
            {kept.person} compares the fingerprint with their own card or paper, read aloud as
            words.
          </p>
          <Fingerprint hex={kept.key.fingerprint} />
        </Notice>
      )}
      <KeyField
        value={key}
        onChange={(text) => fields.set('key', text)}
        error={fields.wrong('key', 'Paste the public key, or take it from a file.')}
      />
      <Row>
        <Button icon="lock" busy={call.busy} isDisabled={!can('set-signing-key')} onPress={keep}>
          {kept ? 'Set another key' : 'Set this key'}
        </Button>
      </Row>
      {call.problem && <ProblemBox problem={call.problem} title="The key was not set" />}
    </>
  );
}
