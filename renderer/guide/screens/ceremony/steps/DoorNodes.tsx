import {
  isShut,
  verdictOf,
  type Door,
  type DoorNode,
} from '../../../../../shared/ceremony/door.ts';
import { familyWords, verdictWords } from '../../../../../shared/report/way-sentences.ts';
import { timeOfDay } from '../../../app/time.ts';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Field } from '../../../components/Field/Field.tsx';
import { Row, Stack } from '../../../components/Layout/Layout.tsx';
import { Notice } from '../../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { useFields } from '../use-fields.ts';
import { useView } from '../view.ts';

/** What each node said when it was asked without a token. */
export function DoorNodes({ door }: { door: Door }) {
  return (
    <Stack gap="tight">
      {door.nodes.map((one) => (
        <Notice key={one.node} tone={toneOf(door, one)} title={titleOf(door, one)}>
          {one.probe && (
            <p>
              {timeOfDay(one.probe.at)}: {one.probe.families.map(familyWords).join('; ')}.
            </p>
          )}
          {one.vouched && (
            <p>
              {one.vouched.by} saw to it: {one.vouched.how}
            </p>
          )}
        </Notice>
      ))}
    </Stack>
  );
}

/** While it is being opened, a node that refuses is the one that was forgotten. */
const isForgotten = (door: Door, { probe }: DoorNode): boolean =>
  door.closedBy === undefined && verdictOf(probe) === 'refuses';

function titleOf(door: Door, one: DoorNode): string {
  const { node, probe } = one;
  if (!probe) return `${node} was not asked yet`;
  if (isForgotten(door, one)) return `${node} still refuses: its door is not open yet`;
  return `${node} ${verdictWords[verdictOf(probe)]}`;
}

function toneOf(door: Door, one: DoorNode): 'good' | 'warning' | 'info' {
  if (isShut(door, one)) return 'good';
  if (door.closedBy !== undefined || isForgotten(door, one)) return 'warning';
  return verdictOf(one.probe) === 'open' ? 'good' : 'info';
}

/** For the nodes that prove nothing: a named administrator has read the file. */
export function Vouch({ door }: { door: Door }) {
  const { can } = useView();
  if (!can('vouch-door')) return null;
  return door.nodes
    .filter((one) => !isShut(door, one) && one.probe && verdictOf(one.probe) === 'not-proved')
    .map(({ node }) => <VouchFor key={node} node={node} by={door.closedBy ?? ''} />);
}

function VouchFor({ node, by: closedBy }: { node: DoorNode['node']; by: string }) {
  const { id } = useView();
  const vouch = useCall('ceremony.vouch-door');
  const fields = useFields(`${id} vouch ${node}`, { by: closedBy, how: '' });
  const { by, how } = fields.values;
  const keep = () => {
    if (!fields.check({ by: by.trim() !== '', how: how.trim() !== '' })) return;
    void vouch.run({ id, node, by: by.trim(), how: how.trim() });
  };
  return (
    <Stack gap="tight">
      <p>
        <b>Not proved by {node}</b>
      </p>
      <p>Its answer does not tell. An administrator reads its configuration file and says so.</p>
      <Field
        label={`Who read the file of ${node}`}
        maxLength={120}
        value={by}
        onChange={(text) => fields.set('by', text)}
        error={fields.wrong('by', 'Enter a name.')}
      />
      <Field
        label="What was seen"
        hint="For example: the line is gone from /etc/vault.d/vault.hcl, and the log shows the reload."
        maxLength={2000}
        value={how}
        onChange={(text) => fields.set('how', text)}
        error={fields.wrong('how', 'Say what was seen.')}
      />
      <Row>
        <Button busy={vouch.busy} onPress={keep} label={`Closed, as seen in its file: ${node}`}>
          Closed, as seen in its file
        </Button>
      </Row>
      {vouch.problem && <ProblemBox problem={vouch.problem} title="It was not written down" />}
    </Stack>
  );
}
