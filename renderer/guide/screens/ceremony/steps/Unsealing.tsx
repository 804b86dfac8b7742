import type { ReactNode, SubmitEvent } from 'react';
import { nodeNow, type UnsealNode } from '../../../../../shared/ceremony/unseal.ts';
import type { StateIn } from '../../../../../shared/ceremony/state.ts';
import { shareWord } from '../../../../../shared/profile.ts';
import { count } from '../../../app/time.ts';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Disclosure } from '../../../components/Disclosure/Disclosure.tsx';
import { Facts } from '../../../components/Facts/Facts.tsx';
import { Field } from '../../../components/Field/Field.tsx';
import { KeyShapes } from '../../../components/KeyShapes/KeyShapes.tsx';
import { Stack } from '../../../components/Layout/Layout.tsx';
import { Notice } from '../../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { operatorOf } from '../aside/operator.ts';
import { Step } from '../frame/Step.tsx';
import { hostOf } from '../phrases.ts';
import { useFields } from '../use-fields.ts';
import { useView } from '../view.ts';
import { RecheckButton } from './ways.tsx';

/** Reads every node; then the shares begin. */
export function BeginUnseal({ state }: { state: StateIn<'ready'> }) {
  const { id, can, show } = useView();
  const call = useCall('ceremony.start');
  const word = shareWord(state.cluster.seal);
  return (
    <Step
      owner="Operator"
      title="Begin with the first sealed node"
      lead={`Every node is read once more. Then the holders give their ${word}s, node by node: each node counts for itself.`}
      problem={call.problem}
      problemTitle="The nodes were not read"
      verb={{
        label: 'Read the nodes and begin',
        onDo: () => void call.run({ id }),
        busy: call.busy,
        closed: !can('start'),
      }}
      ways={<Button onPress={() => show('people')}>Change the people</Button>}
    >
      <Facts
        facts={[
          ['Holders', count(state.roster.holders.length, 'holder')],
          ['Needed at each node', count(state.preflight.required ?? 1, word)],
        ]}
      />
    </Step>
  );
}

/** One node at a time, until each is unsealed or left out by name and reason. */
export function Unsealing({ state }: { state: StateIn<'unsealing'> }) {
  const { id, can, isOpen, recheck, activity } = useView();
  const open = useCall('surface.open-share-entry');
  const end = useCall('ceremony.end');
  const node = nodeNow(state.nodes);
  const word = shareWord(state.cluster.seal);
  const waiting = node?.pending ?? (node?.resetting ? node : undefined);

  if (!node)
    return (
      <Step
        owner="Operator"
        title={can('end') ? 'No node is left to unseal' : 'A node is not visible from here'}
        lead={
          can('end')
            ? 'Each node answers unsealed, or was left out by name and reason.'
            : 'No node that answers is sealed. One does not answer: start its process, then check again; or leave it out.'
        }
        problem={end.problem}
        verb={
          can('end')
            ? { label: 'Close the ceremony', onDo: () => void end.run({ id }), busy: end.busy }
            : { label: 'Check the nodes', onDo: recheck.run, busy: recheck.busy }
        }
        below={<Below state={state} />}
      >
        <Nodes nodes={state.nodes} />
      </Step>
    );
  if (waiting)
    return (
      <Step
        owner="Operator"
        title={`It is not known yet whether ${hostOf(node.node)} ${node.pending ? 'counted the share' : 'forgot its shares'}`}
        lead={`${node.pending ? 'The share' : 'The request'} was sent once, and is not sent again by itself. Reading the node tells what became of it.`}
        trouble={node.pending?.unknown}
        troubleTitle="What is known"
        verb={
          activity ? undefined : { label: 'Check the nodes', onDo: recheck.run, busy: recheck.busy }
        }
      >
        <Nodes nodes={state.nodes} />
      </Step>
    );
  return (
    <Step
      owner="Key holders"
      title={`Unseal ${hostOf(node.node)}`}
      lead={`${count(node.required - node.progress, `more ${word}`)} for this node${node.round > 1 ? `, in round ${node.round}` : ''}.`}
      trouble={node.trouble}
      troubleTitle="What happened last"
      problem={open.problem}
      problemTitle="The share page did not open"
      verb={{
        label: isOpen('share-entry') ? 'Show the share page' : 'Open the share page',
        icon: 'key',
        onDo: () => void open.run({ id }),
        busy: open.busy,
        closed: !can('give-share'),
      }}
      ways={<RecheckButton />}
      below={<Below state={state} />}
    >
      <KeyShapes given={node.progress} required={node.required} word={word} />
      {isOpen('share-entry') && (
        <Notice title="The share page is open in its own window" announce>
          <p>The holder compares the address of the node there, and gives one {word}.</p>
        </Notice>
      )}
      <Nodes nodes={state.nodes} />
    </Step>
  );
}

function Nodes({ nodes }: { nodes: readonly UnsealNode[] }) {
  return <Facts facts={nodes.map((node) => [hostOf(node.node), standing(node)] as const)} />;
}

function standing(node: UnsealNode): string {
  switch (node.standing) {
    case 'sealed':
      return `Sealed, ${node.progress} of ${node.required} in${node.given.length > 0 ? `: ${node.given.map(({ holder }) => holder).join(', ')}` : ''}`;
    case 'unsealed':
      return 'Unsealed';
    case 'not-visible':
      return 'Not visible from here';
    case 'waived':
      return `${node.was === 'sealed' ? 'Left sealed' : 'Left, not visible from here,'} by ${node.by}: ${node.why}`;
  }
}

function Below({ state }: { state: StateIn<'unsealing'> }) {
  const { id, can } = useView();
  const reset = useCall('ceremony.reset-unseal');
  const waive = useCall('ceremony.waive-node');
  const now = nodeNow(state.nodes);
  const left = now ?? state.nodes.find(({ standing: how }) => how === 'not-visible');
  return (
    <>
      {now && now.progress > 0 && can('reset-unseal') && (
        <ByNameAndReason
          draft={`${id} reset`}
          title="Have this node forget its shares"
          verb="Forget the shares given so far"
          problem={reset.problem && <ProblemBox problem={reset.problem} title="It was not done" />}
          busy={reset.busy}
          onDo={(by, why) => void reset.run({ id, by, why })}
        >
          Every share of this round is then given again, to {now.node}.
        </ByNameAndReason>
      )}
      {left && can('waive-node') && (
        <ByNameAndReason
          key={left.node}
          draft={`${id} waive ${left.node}`}
          title={`Leave ${hostOf(left.node)} as it is`}
          verb={left === now ? 'Leave this node sealed' : 'Leave this node out'}
          problem={waive.problem && <ProblemBox problem={waive.problem} title="It was not done" />}
          busy={waive.busy}
          onDo={(by, why) => void waive.run({ id, node: left.node, by, why })}
        >
          {left === now
            ? 'It stays sealed and serves nobody.'
            : 'It is not visible from here, so nobody here knows whether it is sealed.'}{' '}
          That is an open item on the record.
        </ByNameAndReason>
      )}
    </>
  );
}

function ByNameAndReason(props: {
  draft: string;
  title: string;
  verb: string;
  busy: boolean;
  problem: ReactNode;
  onDo: (by: string, why: string) => void;
  children: ReactNode;
}) {
  const { state } = useView();
  const fields = useFields(props.draft, { by: operatorOf(state), why: '' });
  const by = fields.values.by.trim();
  const why = fields.values.why.trim();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (fields.check({ by: by !== '', why: why !== '' })) props.onDo(by, why);
  };
  return (
    <Disclosure title={props.title}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <p>{props.children}</p>
          <Field
            label="Who decides it"
            maxLength={120}
            value={fields.values.by}
            onChange={(text) => fields.set('by', text)}
            error={fields.wrong('by', 'Who decides it? Enter a name.')}
          />
          <Field
            label="Why"
            maxLength={2000}
            value={fields.values.why}
            onChange={(text) => fields.set('why', text)}
            error={fields.wrong('why', 'Give the reason.')}
          />
          {props.problem}
          <div>
            <Button type="submit" busy={props.busy}>
              {props.verb}
            </Button>
          </div>
        </Stack>
      </form>
    </Disclosure>
  );
}
