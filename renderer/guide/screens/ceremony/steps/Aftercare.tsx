import type { StateIn } from '../../../../../shared/ceremony/state.ts';
import { timeOfDay } from '../../../app/time.ts';
import { useCall } from '../../../app/use-call.ts';
import { useWatchReading } from '../../../app/use-ceremony.ts';
import { Facts } from '../../../components/Facts/Facts.tsx';
import { Step } from '../frame/Step.tsx';
import type { Verb } from '../frame/Step.tsx';
import { hostOf, lasting } from '../phrases.ts';
import { useView } from '../view.ts';
import { AfterList } from './AfterList.tsx';
import { DoorBelow } from './DoorBelow.tsx';
import { HandOver } from './HandOver.tsx';
import { Timeline } from './Timeline.tsx';
import { Expires } from './Expires.tsx';
import { TokenFate } from './TokenFate.tsx';
import { useDeletion } from './TokenForDeletion.tsx';

/** It is promoted. What is left: the token, and what an administrator does next. */
export function Aftercare({ state }: { state: StateIn<'aftercare'> }) {
  const { id, can, recheck, activity } = useView();
  const reading = useWatchReading(id);
  const end = useCall('ceremony.end');
  const { name } = state.cluster;
  const token = 'token' in state ? state.token : undefined;
  const deletion = useDeletion(token);
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
      problem={end.problem ?? deletion.problem}
      problemTitle={end.problem ? 'The ceremony was not ended' : deletion.problemTitle}
      verb={verb()}
      ways={!isSettled && deletion.beside}
      below={
        <>
          {token && <HandOver />}
          <DoorBelow />
          {isSettled && <AfterList state={state} />}
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
    return deletion.verb;
  }
}
