import { openDoorByHand } from '../../../../../shared/ceremony/by-hand-door.ts';
import { openDoors } from '../../../../../shared/ceremony/door.ts';
import type { StateIn } from '../../../../../shared/ceremony/state.ts';
import { useCall } from '../../../app/use-call.ts';
import { Field } from '../../../components/Field/Field.tsx';
import { FindingList } from '../../../components/FindingList/FindingList.tsx';
import { Notice } from '../../../components/Notice/Notice.tsx';
import { Step } from '../frame/Step.tsx';
import { useFields } from '../use-fields.ts';
import { useView } from '../view.ts';
import { CancelFound } from './CancelFound.tsx';
import { DoorCommands } from './DoorCommands.tsx';
import { DoorNodes } from './DoorNodes.tsx';
import { OtherWay, Way } from './Way.tsx';

/** Way C, before the attempt: the server administrator lets it be made without a Vault token. */
export function OpenDoor({ state }: { state: StateIn<'preflight'> }) {
  return openDoors(state).length === 0 ? <WhoOpens /> : <Opening state={state} />;
}

/** The name first: from then on the door counts as open, whatever becomes of this laptop. */
function WhoOpens() {
  const { id, can } = useView();
  const call = useCall('ceremony.open-door');
  const fields = useFields(`${id} door`, { by: '' });
  const { by } = fields.values;
  const go = () => {
    if (fields.check({ by: by.trim() !== '' })) void call.run({ id, by: by.trim() });
  };
  return (
    <Step
      owner="Server administrator"
      title="Break glass: let the attempt be made without a Vault token"
      lead="Vault 2.0 and newer have one setting for this. Somebody who can change the configuration of every node is needed now."
      problem={call.problem}
      verb={{ label: 'Show what to change', onDo: go, busy: call.busy, closed: !can('open-door') }}
      below={<OtherWay />}
    >
      <Notice
        tone="warning"
        title="While it is set, anybody who reaches a node can start or cancel an attempt"
      >
        <p>
          A token still needs the key holders’ shares. The setting is taken back as soon as the
          token is decoded, and a warning stays on every screen until every node refuses permission
          again.
        </p>
      </Notice>
      <Field
        label="Server administrator"
        hint="Who changes the configuration of the nodes. The name goes on the record."
        maxLength={120}
        value={by}
        onChange={(text) => fields.set('by', text)}
        error={fields.wrong('by', 'Who changes the configuration? Enter a name.')}
      />
      <Way />
    </Step>
  );
}

function Opening({ state }: { state: StateIn<'preflight'> }) {
  const { id, can } = useView();
  const probe = useCall('ceremony.probe-door');
  const { door, preflight } = state;
  const asked = door?.nodes.some((one) => one.probe !== undefined) === true;
  const stops = preflight?.findings.filter(({ level }) => level === 'stop') ?? [];
  return (
    <Step
      owner="Server administrator"
      title={`On every node: ${state.door?.openedBy ?? ''} opens the door`}
      lead="Two steps on each node, the active one and every standby: any of them may lead a minute from now."
      problem={probe.problem}
      problemTitle="The nodes could not be asked"
      verb={{
        label: asked ? 'Ask every node again' : 'It is set: ask every node',
        onDo: () => void probe.run({ id }),
        busy: probe.busy,
        closed: !can('probe-door'),
      }}
      below={
        <>
          {preflight?.found && <CancelFound nonce={preflight.found} />}
          <OtherWay />
        </>
      }
    >
      <DoorCommands steps={openDoorByHand} />
      {asked && <DoorNodes door={door} />}
      {asked && <FindingList findings={stops} />}
    </Step>
  );
}
