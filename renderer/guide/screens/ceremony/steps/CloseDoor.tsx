import { closeDoorByHand } from '../../../../../shared/ceremony/by-hand-door.ts';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Disclosure } from '../../../components/Disclosure/Disclosure.tsx';
import { Field } from '../../../components/Field/Field.tsx';
import { Row } from '../../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { operatorOf } from '../aside/operator.ts';
import { Step } from '../frame/Step.tsx';
import { useFields } from '../use-fields.ts';
import { useView } from '../view.ts';
import { DoorCommands } from './DoorCommands.tsx';
import { DoorNodes, Vouch } from './DoorNodes.tsx';

/** The token is decoded: the door has done its work, and every node can still prove that it is closed. */
export function CloseDoor() {
  const { id, state, can } = useView();
  const close = useCall('ceremony.close-door');
  const { door } = state;
  const fields = useFields(`${id} close door`, { by: door?.closedBy ?? door?.openedBy ?? '' });
  const by = fields.values.by.trim();
  const again = door?.closedBy !== undefined;
  const done = () => {
    if (fields.check({ by: by !== '' })) void close.run({ id, by });
  };
  return (
    <Step
      owner="Server administrator"
      title={again ? 'Not every node refuses yet' : 'Close the door before Promote'}
      lead="The token is in the keychain, and the setting is not needed any more. Now each node can prove that it is gone; after the promotion it cannot."
      problem={close.problem}
      problemTitle="The nodes could not be asked"
      verb={{
        label: again ? 'Ask every node again' : 'It is closed: ask every node',
        onDo: done,
        busy: close.busy,
        closed: !can('close-door'),
      }}
      below={
        <>
          {door && <Vouch door={door} />}
          <PutOff />
        </>
      }
    >
      <DoorCommands steps={closeDoorByHand} />
      <Field
        label="Who closed it"
        maxLength={120}
        value={fields.values.by}
        onChange={(text) => fields.set('by', text)}
        error={fields.wrong('by', 'Who closed it on every node? Enter a name.')}
      />
      {again && <DoorNodes door={door} />}
    </Step>
  );
}

function PutOff() {
  const { id, state, can } = useView();
  const call = useCall('ceremony.put-off-door');
  const fields = useFields(`${id} put off`, { why: '', by: operatorOf(state) });
  const { why, by } = fields.values;
  if (!can('put-off-door')) return null;
  const keep = () => {
    if (!fields.check({ why: why.trim() !== '', by: by.trim() !== '' })) return;
    void call.run({ id, why: why.trim(), by: by.trim() });
  };
  return (
    <Disclosure title="Promote first, close it later">
      <p>
        The warning stays on every screen, and after the promotion a node may no longer prove it:
        then a named administrator reads its file.
      </p>
      <Field
        label="Why it is put off"
        maxLength={2000}
        value={why}
        onChange={(text) => fields.set('why', text)}
        error={fields.wrong('why', 'Give the reason, for whoever reads the record.')}
      />
      <Field
        label="Who puts it off"
        maxLength={120}
        value={by}
        onChange={(text) => fields.set('by', text)}
        error={fields.wrong('by', 'Enter a name.')}
      />
      <Row>
        <Button busy={call.busy} onPress={keep}>
          Put it off
        </Button>
      </Row>
      {call.problem && <ProblemBox problem={call.problem} title="It was not put off" />}
    </Disclosure>
  );
}
