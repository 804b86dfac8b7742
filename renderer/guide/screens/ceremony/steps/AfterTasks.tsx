import { useEffect, useState } from 'react';
import { isActivated, type AfterTask } from '../../../../../shared/ceremony/aftercare.ts';
import type { StateIn } from '../../../../../shared/ceremony/state.ts';
import type { BatchToken } from '../../../../../shared/ceremony/ways.ts';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Row, Stack } from '../../../components/Layout/Layout.tsx';
import { Notice } from '../../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { operatorOf } from '../aside/operator.ts';
import { useView } from '../view.ts';
import { Trouble } from '../frame/Trouble.tsx';
import { DemoteFields, useDemoteFields } from './DemoteFields.tsx';
import { SnapshotFile, useSnapshotFile } from './SnapshotFile.tsx';

export function ClientRequest() {
  return <WithToken verb="Enter a client’s token" task={() => ({ kind: 'client-request' })} />;
}

export function Snapshot() {
  const snapshot = useSnapshotFile();
  return (
    <Stack>
      <SnapshotFile snapshot={snapshot} />
      <WithToken verb="Enter the token and take the snapshot" task={snapshot.task} />
    </Stack>
  );
}

export function DemoteOld() {
  const demotion = useDemoteFields();
  const task = (): AfterTask | undefined => {
    const order = demotion.order();
    return order && { kind: 'demote', ...order };
  };
  return (
    <Stack>
      <DemoteFields demotion={demotion} />
      <WithToken verb="Enter the token and demote" task={task} danger />
    </Stack>
  );
}

export function Follow({ names }: { names: readonly string[] }) {
  const by = operatorOf(useView().state);
  return names.map((name) => (
    <WithToken
      key={name}
      verb={`Enter the token and tell ${name}`}
      task={() => ({ kind: 'follow', name, by })}
    />
  ));
}

/** Two steps, two clusters, two tokens: the activation token never leaves the app’s memory. */
export function Attach({ state }: { state: StateIn<'aftercare'> }) {
  const by = operatorOf(state);
  const activated = state.after !== undefined && isActivated(state.after);
  const trouble = state.after?.calls.attach?.problem ?? state.after?.calls.activate?.problem;
  return (
    <Stack>
      {trouble && <Trouble problem={trouble} title="The last call" />}
      {activated && (
        <Notice tone="good" title="The new primary issued an activation token">
          <p>It is in memory, good once, for 30 minutes. Now the old primary takes it.</p>
        </Notice>
      )}
      {activated && (
        <WithToken
          verb="Enter a DR operation token and attach"
          task={() => ({ kind: 'attach', by })}
          // Before 2.0 a DR secondary takes no token of the operator's.
          inPractice={state.preflight.tokenNeeded}
        />
      )}
      <WithToken
        verb={activated ? 'Get another activation token' : 'Get an activation token'}
        task={() => ({ kind: 'activate', by })}
      />
      {/* They come later than the others: last, so that nothing moves under the pointer. */}
      {activated && <WithKept by={by} />}
    </Stack>
  );
}

/** The batch tokens of the keychain that may attach it. */
function WithKept({ by }: { by: string }) {
  const { id, can } = useView();
  const { run: list } = useCall('ceremony.batch-tokens');
  const attach = useCall('aftercare.attach');
  const [tokens, setTokens] = useState<readonly BatchToken[]>([]);
  useEffect(() => {
    void list({ id }).then((result) => setTokens(result.ok ? result.value : []));
  }, [id, list]);
  return (
    <Stack gap="tight">
      {tokens.map((token) => (
        <Row key={token.id}>
          <Button
            icon="key"
            busy={attach.busy}
            isDisabled={!can('act-after')}
            onPress={() => void attach.run({ id, token: token.id, by })}
          >
            {`Attach with the batch token “${token.label}”`}
          </Button>
        </Row>
      ))}
      {attach.problem && <ProblemBox problem={attach.problem} title="It was not attached" />}
    </Stack>
  );
}

/** One thing that needs a token: entered on a page of its own, or in practice the operator's at hand. */
function WithToken({
  verb,
  task,
  danger = false,
  inPractice = true,
}: {
  verb: string;
  /** `undefined`: something is still to be filled in. */
  task: () => AfterTask | undefined;
  danger?: boolean;
  /** Whether the practice operator's token does. */
  inPractice?: boolean;
}) {
  const { id, state, can, isOpen } = useView();
  const open = useCall('surface.open-secret-entry');
  const practise = useCall('aftercare.practise');
  const enter = () => {
    const asked = task();
    if (asked) void open.run({ id, what: { kind: 'after', task: asked } });
  };
  const take = () => {
    const asked = task();
    if (asked) void practise.run({ id, task: asked });
  };
  const problem = open.problem ?? practise.problem;
  const closed = !can('act-after');
  return (
    <Stack gap="tight">
      {problem && <ProblemBox problem={problem} title="It was not carried out" />}
      <Row>
        <Button
          kind={danger ? 'danger' : 'quiet'}
          icon="lock"
          busy={open.busy}
          isDisabled={closed}
          onPress={enter}
        >
          {verb}
        </Button>
        {inPractice && state.cluster.kind === 'practice' && (
          <Button
            busy={practise.busy}
            isDisabled={closed}
            onPress={take}
            label={`With the practice operator’s token: ${verb}`}
          >
            With the practice operator’s token
          </Button>
        )}
        <span role="status">{isOpen('secret-entry') && 'The page is open in its own window.'}</span>
      </Row>
    </Stack>
  );
}
