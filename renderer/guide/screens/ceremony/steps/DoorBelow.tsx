import { closeDoorByHand } from '../../../../../shared/ceremony/by-hand-door.ts';
import { openDoors } from '../../../../../shared/ceremony/door.ts';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Field } from '../../../components/Field/Field.tsx';
import { Row, Section } from '../../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { useFields } from '../use-fields.ts';
import { useView } from '../view.ts';
import { DoorCommands } from './DoorCommands.tsx';
import { DoorNodes, Vouch } from './DoorNodes.tsx';

/** After the promotion, and after the end: the door that is not known to be closed, to be seen to. */
export function DoorBelow() {
  const { id, state, can } = useView();
  const close = useCall('ceremony.close-door');
  const { door } = state;
  const fields = useFields(`${id} close door`, { by: door?.closedBy ?? door?.openedBy ?? '' });
  const by = fields.values.by.trim();
  if (!door || openDoors(state).length === 0) return null;
  const again = door.closedBy !== undefined;
  const done = () => {
    if (fields.check({ by: by !== '' })) void close.run({ id, by });
  };
  return (
    <Section title="Close the door">
      <p>
        <code>enable_unauthenticated_access</code> was opened for this ceremony, and it is not known
        to be closed on every node. What is done here goes on the record, which is signed again.
      </p>
      <DoorCommands steps={closeDoorByHand} />
      <Field
        label="Who closed it"
        maxLength={120}
        value={fields.values.by}
        onChange={(text) => fields.set('by', text)}
        error={fields.wrong('by', 'Who closed it on every node? Enter a name.')}
      />
      <Row>
        <Button busy={close.busy} isDisabled={!can('close-door')} onPress={done}>
          {again ? 'Ask every node again' : 'It is closed: ask every node'}
        </Button>
      </Row>
      {close.problem && <ProblemBox problem={close.problem} title="The nodes could not be asked" />}
      {again && <DoorNodes door={door} />}
      <Vouch door={door} />
    </Section>
  );
}
