import { useCall, useLoaded } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Notice } from '../../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { useView } from '../view.ts';

/** Vault 2.0 and newer ask for a Vault token beside the shares: entered on a page of its own, or kept here. */
export function VaultToken() {
  const { id, state, can, isOpen } = useView();
  const open = useCall('surface.open-secret-entry');
  const use = useCall('ceremony.use-batch-token');
  const nobody = useCall('ceremony.no-vault-token');
  const { value: kept } = useLoaded('ceremony.batch-tokens', { id });
  const enter = () => void open.run({ id, what: { kind: 'vault-token' } });
  const problem = open.problem ?? use.problem ?? nobody.problem;
  return (
    <Notice
      title="This server asks for a Vault token beside the shares"
      actions={
        <>
          <Button icon="lock" busy={open.busy} onPress={enter}>
            Enter the Vault token
          </Button>
          {can('no-vault-token') && (
            <Button busy={nobody.busy} onPress={() => void nobody.run({ id })}>
              Nobody has one
            </Button>
          )}
          {/* They come later than the others: last, so that nothing moves under the pointer. */}
          {can('use-batch-token') &&
            kept?.map((token) => (
              <Button
                key={token.id}
                icon="key"
                busy={use.busy}
                onPress={() => void use.run({ id, token: token.id })}
              >
                {`Use the kept batch token “${token.label}”`}
              </Button>
            ))}
        </>
      }
    >
      <p>
        The operator has it, not the holders:{' '}
        {state.purpose === 'root-token'
          ? 'a token whose policy allows the endpoint that makes root tokens.'
          : 'a DR batch token, or a root token of the primary.'}{' '}
        It is entered in its own window and kept in memory only. The server is then asked whether it
        takes it.
        {isOpen('secret-entry') && ' That window is open now.'}
      </p>
      {problem && <ProblemBox problem={problem} title="That did not work" />}
    </Notice>
  );
}
