import { useState } from 'react';
import { besideActive } from '../../../../../shared/ceremony/fencing.ts';
import { useCall } from '../../../app/use-call.ts';
import { timeOfDay } from '../../../app/time.ts';
import { RadioGroup } from '../../../components/Choice/Choice.tsx';
import { Field, TextArea } from '../../../components/Field/Field.tsx';
import { Stack } from '../../../components/Layout/Layout.tsx';
import { Notice } from '../../../components/Notice/Notice.tsx';
import type { Problem } from '../../../../../shared/problem.ts';
import { operatorOf } from '../aside/operator.ts';
import type { Verb } from '../frame/Step.tsx';
import { useFields } from '../use-fields.ts';
import { useView } from '../view.ts';
import { DemoteFields, useDemoteFields, type DemoteHandle } from './DemoteFields.tsx';
import { whatDemotingDoes } from './OldPrimary.tsx';
import { SnapshotFile, useSnapshotFile, type SnapshotHandle } from './SnapshotFile.tsx';

type Choice = 'snapshot' | 'demote' | 'go-on';

export interface ActivePrimaryHandle {
  readonly choice: Choice;
  readonly choose: (choice: Choice) => void;
  readonly demotion: DemoteHandle;
  readonly snapshot: SnapshotHandle;
  readonly reason: ReturnType<typeof useReason>;
  /** The one verb of the step, by what was chosen. */
  readonly verb: Verb;
  readonly problem: Problem | undefined;
}

/** Beside an active primary nobody goes on by a key press: it is demoted, or a reason is given. */
export function useActivePrimary(): ActivePrimaryHandle {
  const { id, can } = useView();
  const open = useCall('surface.open-secret-entry');
  const [choice, choose] = useState<Choice>('demote');
  const demotion = useDemoteFields();
  const snapshot = useSnapshotFile();
  const reason = useReason();
  const problem = open.problem ?? reason.problem;

  const demote = () => {
    const order = demotion.order();
    if (order) void open.run({ id, what: { kind: 'demote', ...order } });
  };
  const take = () => {
    const task = snapshot.task();
    if (task) void open.run({ id, what: { kind: 'after', task } });
  };
  const verbs: Readonly<Record<Choice, Verb>> = {
    snapshot: {
      label: 'Enter the token and take the snapshot',
      icon: 'lock',
      onDo: take,
      busy: open.busy,
      closed: !can('snapshot-primary'),
    },
    demote: {
      label: 'Demote the primary from here',
      icon: 'lock',
      danger: true,
      onDo: demote,
      busy: open.busy,
      closed: !can('demote-primary'),
    },
    'go-on': { label: 'Go on with this reason', onDo: reason.keep, busy: reason.busy },
  };
  return { choice, choose, demotion, snapshot, reason, verb: verbs[choice], problem };
}

function useReason() {
  const { id, state } = useView();
  const keep = useCall('ceremony.deviation');
  const fields = useFields(`${id} beside active`, { why: '', by: operatorOf(state) });
  const { why, by } = fields.values;
  return {
    fields,
    busy: keep.busy,
    problem: keep.problem,
    keep: () => {
      if (!fields.check({ why: why.trim() !== '', by: by.trim() !== '' })) return;
      void keep.run({ id, what: besideActive, why: why.trim(), agreedBy: by.trim() });
    },
  };
}

export function ActivePrimary({ handle }: { handle: ActivePrimaryHandle }) {
  const { state, isOpen } = useView();
  const { choice, choose } = handle;
  const { snapshot } = state;
  return (
    <Stack>
      {snapshot && (
        <Notice
          tone="good"
          title={`A snapshot of the primary was taken at ${snapshot.at ? timeOfDay(snapshot.at) : ''}`}
          announce
        >
          <p>{snapshot.says}</p>
        </Notice>
      )}
      <RadioGroup
        label="The primary answers as active. What becomes of it?"
        options={[
          {
            value: 'snapshot',
            label: snapshot
              ? 'Take another raft snapshot of it'
              : 'Take a raft snapshot of it first',
            hint: 'Attaching it later erases what only it has. A snapshot can be taken only before the demotion.',
          },
          {
            value: 'demote',
            label: 'Demote it: a planned failover',
            hint: 'Its clients are not served from then on.',
          },
          {
            value: 'go-on',
            label: 'Go on although it is active',
            hint: 'Two active primaries take writes that nobody can merge. The reason goes on the record, and is asked for again before Promote.',
          },
        ]}
        value={choice}
        onChange={choose}
      />
      <Chosen handle={handle} />
      <p role="status">{isOpen('secret-entry') && 'The page is open in its own window.'}</p>
    </Stack>
  );
}

function Chosen({
  handle: { choice, demotion, snapshot, reason },
}: {
  handle: ActivePrimaryHandle;
}) {
  const { why, by } = reason.fields.values;
  switch (choice) {
    case 'snapshot':
      return <SnapshotFile snapshot={snapshot} />;
    case 'demote':
      return (
        <>
          <p>{whatDemotingDoes}</p>
          <DemoteFields demotion={demotion} />
        </>
      );
    case 'go-on':
      return (
        <>
          <TextArea
            label="Why go on all the same"
            rows={2}
            maxLength={2000}
            value={why}
            onChange={(text) => reason.fields.set('why', text)}
            error={reason.fields.wrong('why', 'Give the reason, for whoever reads the record.')}
          />
          <Field
            label="Who decides it"
            maxLength={120}
            value={by}
            onChange={(text) => reason.fields.set('by', text)}
            error={reason.fields.wrong('by', 'Who decides it? Enter a name.')}
          />
        </>
      );
  }
}
