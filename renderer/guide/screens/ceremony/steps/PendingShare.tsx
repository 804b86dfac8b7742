import type { PendingShare, StateIn } from '../../../../../shared/ceremony/state.ts';
import { timeOfDay } from '../../../app/time.ts';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { KeyShapes } from '../../../components/KeyShapes/KeyShapes.tsx';
import { Notice } from '../../../components/Notice/Notice.tsx';
import { Step } from '../frame/Step.tsx';
import { useView } from '../view.ts';
import { VaultToken } from './VaultToken.tsx';

/** A share that was sent and has no outcome on record. It is not sent again: Vault is asked. */
export function Pending({
  state,
  pending,
}: {
  state: StateIn<'collecting'>;
  pending: PendingShare;
}) {
  const { id, can, recheck, activity } = useView();
  const keep = useCall('ceremony.keep-encoded-token');
  const { attempt } = state;
  const last = pending.progressBefore + 1 === attempt.required;
  const onItsWay = !pending.unknown && activity !== undefined;
  const check = {
    label: 'Check with Vault',
    onDo: recheck.run,
    busy: recheck.busy,
    closed: !can('recheck'),
  };
  return (
    <Step
      owner="Operator"
      title={
        onItsWay
          ? `The share of ${pending.holder} is on its way`
          : `Was the share of ${pending.holder} counted?`
      }
      lead={`It was sent once, at ${timeOfDay(pending.at)}, and is not sent again by itself.`}
      trouble={pending.unknown}
      troubleTitle="The answer is not known"
      problem={keep.problem}
      problemTitle="No encoded token was kept"
      verb={onItsWay ? undefined : check}
    >
      <KeyShapes given={attempt.progress} required={attempt.required} />
      {state.preflight.tokenNeeded && !onItsWay && <VaultToken />}
      {last && !onItsWay && (
        <Notice
          tone="warning"
          title="It was the last share: do not close Keyturn yet"
          actions={
            <Button
              busy={keep.busy}
              isDisabled={!can('keep-encoded-token')}
              onPress={() => void keep.run({ id })}
            >
              Keep the encoded token
            </Button>
          }
        >
          <p>
            Vault shows the encoded token once, in the answer to the last share. If the share page
            said that the keychain did not take it, see to the keychain, then keep it from here: it
            is in memory until Keyturn is closed.
          </p>
          <p>
            If that answer was lost on the way, a token without expiry exists that nobody can read,
            and a new attempt is needed. Checking with Vault tells.
          </p>
        </Notice>
      )}
    </Step>
  );
}

/** Cancelling was sent; whether it arrived is not on record. */
export function Cancelling({ state }: { state: StateIn<'collecting'> }) {
  const { can, recheck, activity } = useView();
  return (
    <Step
      owner="Operator"
      title="The attempt is being cancelled"
      lead="No share is given while the outcome is open."
      verb={
        activity
          ? undefined
          : {
              label: 'Check with Vault',
              onDo: recheck.run,
              busy: recheck.busy,
              closed: !can('recheck'),
            }
      }
    >
      {state.preflight.tokenNeeded && !activity && <VaultToken />}
      {!activity && (
        <p>
          Whether the server took the cancellation is not known yet. If the attempt is still open,
          it can be cancelled again under “Cancel” beside the steps.
        </p>
      )}
    </Step>
  );
}
