import type { StateIn } from '../../../../../shared/ceremony/state.ts';
import { timeOfDay } from '../../../app/time.ts';
import { useCall } from '../../../app/use-call.ts';
import { useWatchReading } from '../../../app/use-ceremony.ts';
import { Facts } from '../../../components/Facts/Facts.tsx';
import { Notice } from '../../../components/Notice/Notice.tsx';
import { Step } from '../frame/Step.tsx';
import type { Verb } from '../frame/Step.tsx';
import { hostOf, lasting } from '../phrases.ts';
import { useView } from '../view.ts';
import styles from './Aftercare.module.css';
import { DoorBelow } from './DoorBelow.tsx';
import { HandOver } from './HandOver.tsx';
import { Timeline } from './Timeline.tsx';
import { Expires } from './Expires.tsx';
import { TokenFate } from './TokenFate.tsx';

/** It is promoted. What is left: the token, and what an administrator does next. */
export function Aftercare({ state }: { state: StateIn<'aftercare'> }) {
  const { id, can, recheck, activity } = useView();
  const reading = useWatchReading(id);
  const remove = useCall('ceremony.delete-token');
  const end = useCall('ceremony.end');
  const { name } = state.cluster;
  const token = 'token' in state ? state.token : undefined;
  const isSettled = can('end');

  return (
    <Step
      owner="Operator"
      title={isSettled ? `${name} is the primary now` : `${name} is promoted: delete the token`}
      lead={
        isSettled
          ? 'The ceremony can be ended. What is left to do on the servers is listed below.'
          : 'The DR operation token has done its work. It never expires by itself, so it is deleted on the server, and Vault is asked to prove it.'
      }
      problem={end.problem ?? remove.problem}
      problemTitle={end.problem ? 'The ceremony was not ended' : 'The token was not deleted'}
      verb={verb()}
      below={
        <>
          {token && <HandOver />}
          <DoorBelow />
        </>
      }
    >
      <Facts
        facts={[
          [
            'Promoted',
            `at ${timeOfDay(state.promotedAt)}, ${hostOf(state.promotedNode)} is active`,
          ],
          ['It was away for', lasting(state.outageMs)],
        ]}
      />
      {'token' in state ? <TokenFate token={state.token} /> : <Expires token={state.batchToken} />}
      {isSettled && <Checklist primaries={state.cluster.primaryNodes.map(hostOf)} />}
      <Timeline
        nodes={state.cluster.nodes}
        observations={state.observations}
        since={state.promotion.firstSentAt}
        until={state.promotedAt}
        reading={reading}
      />
    </Step>
  );

  function verb(): Verb | undefined {
    if (isSettled)
      return { label: 'End the ceremony', onDo: () => void end.run({ id }), busy: end.busy };
    if (!token) return undefined;
    const { fate } = token;
    if (fate.kind === 'deleting')
      return activity
        ? undefined
        : {
            label: 'Check with Vault',
            onDo: recheck.run,
            busy: recheck.busy,
            closed: !can('recheck'),
          };
    return {
      label: fate.kind === 'not-deleted' ? 'Try to delete it again' : 'Delete the token',
      icon: 'trash',
      onDo: () => void remove.run({ id }),
      busy: remove.busy,
      closed: !can('delete-token'),
    };
  }
}

/** What follows on the servers. Not ticked here: what was done goes on the record as a note. */
function Checklist({ primaries }: { primaries: readonly string[] }) {
  return (
    <Notice title="What is left to do on the servers">
      <ol className={styles.list}>
        <li>
          Prove the recovery: one request with an ordinary token, on the address that clients use.
        </li>
        <li>Point clients and load balancers here, and watch that they arrive.</li>
        <li>
          Keep the old primary{primaries.length > 0 && ` (${primaries.join(', ')})`} away until its
          administrator has demoted it; only then is it attached as a secondary.
        </li>
        <li>Other secondaries get new secondary tokens from this cluster.</li>
        <li>
          Where <code>enable_unauthenticated_access</code> was opened for the ceremony, it is closed
          again on every node.
        </li>
        <li>Envelopes are sealed again; an OTP on paper is destroyed.</li>
      </ol>
      <p>What was done and by whom goes on the record with “Add a note”.</p>
    </Notice>
  );
}
