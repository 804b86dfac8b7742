import {
  afterTitles,
  blockersOf,
  byReading,
  type AfterCall,
  type AfterItem,
} from '../../../../../shared/ceremony/aftercare.ts';
import { afterByHand } from '../../../../../shared/ceremony/by-hand-aftercare.ts';
import type { StateIn } from '../../../../../shared/ceremony/state.ts';
import { timeOfDay } from '../../../app/time.ts';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { ByHand } from '../../../components/Command/Command.tsx';
import { Card, Row, Stack } from '../../../components/Layout/Layout.tsx';
import { Notice } from '../../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { useView } from '../view.ts';
import { afterAdvice } from './after-words.ts';
import { DescribeWayBack, NewBatchToken, RootToken } from './AfterNext.tsx';
import { AfterSettle } from './AfterSettle.tsx';
import { Attach, ClientRequest, DemoteOld, Follow, Snapshot } from './AfterTasks.tsx';

interface PanelProps {
  readonly state: StateIn<'aftercare'>;
  readonly item: AfterItem;
  /** It was settled: the list goes on to the next open one. */
  readonly onDone: () => void;
}

/** One item of the checklist: why, what the servers show, what can be done, and the commands for it. */
export function AfterPanel({ state, item, onDone }: PanelProps) {
  const { id, can } = useView();
  const check = useCall('aftercare.check');
  const steps = afterByHand(item.id, state);
  const readable = byReading.includes(item.id);
  // Done as the servers showed it: a new look can open it again, and nothing else is to be done.
  const proved = readable && item.status === 'done' && item.by === undefined;
  return (
    <Card>
      <Stack>
        <h3>{afterTitles[item.id]}</h3>
        <p>{afterAdvice[item.id]}</p>
        {item.says && (
          <Notice
            tone={item.status === 'open' ? 'warning' : 'good'}
            title={`${item.by ? `${item.by} said` : 'Read'} at ${item.at ? timeOfDay(item.at) : ''}`}
            announce
          >
            <p>{item.says}</p>
          </Notice>
        )}
        {readable && (
          <Row>
            <Button
              icon="again"
              busy={check.busy}
              isDisabled={!can('check-after')}
              onPress={() => void check.run({ id, item: item.id })}
            >
              Look now
            </Button>
          </Row>
        )}
        {check.problem && <ProblemBox problem={check.problem} title="It could not be read" />}
        {!proved && <Task state={state} item={item} />}
        {!proved && <AfterSettle item={item} onDone={onDone} />}
        {steps.length > 0 && <ByHand steps={steps} />}
      </Stack>
    </Card>
  );
}

/** What this app can do for the item with a token, where it can. */
function Task({ state, item }: { state: StateIn<'aftercare'>; item: AfterItem }) {
  switch (item.id) {
    case 'client-request':
      return <ClientRequest />;
    case 'performance':
      return <Follow names={state.after?.performance ?? []} />;
    case 'snapshot':
      return <Snapshot />;
    case 'demoted':
      return (
        <Waiting state={state} call="demote">
          <DemoteOld />
        </Waiting>
      );
    case 'follows':
      return (
        <Waiting state={state} call="activate">
          <Attach state={state} />
        </Waiting>
      );
    case 'login':
      return <RootToken state={state} item={item} />;
    case 'batch-token':
      return <NewBatchToken />;
    case 'fail-back':
      return <DescribeWayBack />;
    case 'nodes':
    case 'clients':
    case 'writes':
    case 'ports':
    case 'versions':
      return null;
  }
}

/** Closed until what comes first is seen to, and says what that is. */
function Waiting({
  state,
  call,
  children,
}: {
  state: StateIn<'aftercare'>;
  call: AfterCall;
  children: React.ReactNode;
}) {
  const blockers = state.after ? blockersOf(state.after, call) : [];
  if (blockers.length === 0) return children;
  return (
    <Notice title="First on the list">
      <ul>
        {blockers.map((blocker) => (
          <li key={blocker}>{afterTitles[blocker]}</li>
        ))}
      </ul>
    </Notice>
  );
}
