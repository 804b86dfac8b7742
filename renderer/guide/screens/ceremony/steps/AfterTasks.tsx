import { useEffect, useState, type SubmitEvent } from 'react';
import { isActivated, type AfterTask } from '../../../../../shared/ceremony/aftercare.ts';
import { samePerson } from '../../../../../shared/ceremony/people.ts';
import type { StateIn } from '../../../../../shared/ceremony/state.ts';
import type { BatchToken } from '../../../../../shared/ceremony/ways.ts';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Field } from '../../../components/Field/Field.tsx';
import { Row, Stack } from '../../../components/Layout/Layout.tsx';
import { Notice } from '../../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { operatorOf } from '../aside/operator.ts';
import { useFields } from '../use-fields.ts';
import { useView } from '../view.ts';
import { Trouble } from '../frame/Trouble.tsx';

export function ClientRequest() {
  const task = useTask();
  return (
    <WithToken
      task={task}
      verb="Enter a client’s token"
      onPress={() => task.open({ kind: 'client-request' })}
    />
  );
}

export function Snapshot() {
  const { id } = useView();
  const task = useTask();
  const fields = useFields(`${id} snapshot`, { file: '' });
  const { file } = fields.values;
  const take = () => {
    if (fields.check({ file: file.trim() !== '' }))
      task.open({ kind: 'snapshot', file: file.trim() });
  };
  return (
    <Stack>
      <Field
        label="The new file"
        hint="In full, such as /backup/old-primary.snap; outside of Keyturn’s data folder."
        mono
        maxLength={1000}
        value={file}
        onChange={(text) => fields.set('file', text)}
        error={fields.wrong('file', 'Where does the snapshot go? Enter the file in full.')}
      />
      <WithToken task={task} verb="Enter the token and take the snapshot" onPress={take} />
    </Stack>
  );
}

export function DemoteOld({ cluster }: { cluster: string }) {
  const { id, state } = useView();
  const task = useTask();
  const witness = 'roster' in state ? (state.roster?.witness ?? '') : '';
  const fields = useFields(`${id} demote old`, {
    typed: '',
    by: operatorOf(state),
    secondPerson: witness,
  });
  const { typed, by, secondPerson } = fields.values;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const right = {
      typed: typed.trim() === cluster,
      by: by.trim() !== '',
      secondPerson: secondPerson.trim() !== '' && !samePerson(by, secondPerson),
    };
    if (!fields.check(right)) return;
    const people = { by: by.trim(), secondPerson: secondPerson.trim() };
    task.open({ kind: 'demote', typed: typed.trim(), ...people });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Field
          label={`The cluster’s name, to be sure: ${cluster}`}
          maxLength={80}
          value={typed}
          onChange={(text) => fields.set('typed', text)}
          error={fields.wrong('typed', `Type ${cluster}, exactly as it stands on top.`)}
        />
        <Field
          label="Who demotes it"
          maxLength={120}
          value={by}
          onChange={(text) => fields.set('by', text)}
          error={fields.wrong('by', 'Who demotes it? Enter a name.')}
        />
        <Field
          label="Second person who agrees to the demotion"
          maxLength={120}
          value={secondPerson}
          onChange={(text) => fields.set('secondPerson', text)}
          error={fields.wrong('secondPerson', 'Enter the name of another person.')}
        />
        <WithToken task={task} verb="Enter the token and demote" danger />
      </Stack>
    </form>
  );
}

export function Follow({ names }: { names: readonly string[] }) {
  const { state } = useView();
  const task = useTask();
  return names.map((name) => (
    <WithToken
      key={name}
      task={task}
      verb={`Enter the token and tell ${name}`}
      onPress={() => task.open({ kind: 'follow', name, by: operatorOf(state) })}
    />
  ));
}

/** Two steps, two clusters, two tokens: the activation token never leaves the app’s memory. */
export function Attach({ state }: { state: StateIn<'aftercare'> }) {
  const task = useTask();
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
      {activated && <WithKept by={by} />}
      {activated && (
        <WithToken
          task={task}
          verb="Enter a DR operation token and attach"
          onPress={() => task.open({ kind: 'attach', by })}
        />
      )}
      <WithToken
        task={task}
        verb={activated ? 'Get another activation token' : 'Get an activation token'}
        onPress={() => task.open({ kind: 'activate', by })}
      />
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

/** Opens the page for a token, and what became of that. */
function useTask() {
  const { id } = useView();
  const call = useCall('surface.open-secret-entry');
  const open = (task: AfterTask) => void call.run({ id, what: { kind: 'after', task } });
  return { open, busy: call.busy, problem: call.problem };
}

function WithToken({
  task,
  verb,
  onPress,
  danger = false,
}: {
  task: ReturnType<typeof useTask>;
  verb: string;
  /** Absent: it submits the form it stands in. */
  onPress?: () => void;
  danger?: boolean;
}) {
  const { can, isOpen } = useView();
  return (
    <Stack gap="tight">
      {task.problem && <ProblemBox problem={task.problem} title="The page did not open" />}
      <Row>
        <Button
          type={onPress ? 'button' : 'submit'}
          kind={danger ? 'danger' : 'quiet'}
          icon="lock"
          busy={task.busy}
          isDisabled={!can('act-after')}
          {...(onPress ? { onPress } : {})}
        >
          {verb}
        </Button>
        <span role="status">{isOpen('secret-entry') && 'The page is open in its own window.'}</span>
      </Row>
    </Stack>
  );
}
