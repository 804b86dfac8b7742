import { byWord, type AfterItem } from '../../../../../shared/ceremony/aftercare.ts';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Disclosure } from '../../../components/Disclosure/Disclosure.tsx';
import { Field, TextArea } from '../../../components/Field/Field.tsx';
import { Row, Stack } from '../../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { operatorOf } from '../aside/operator.ts';
import { useFields } from '../use-fields.ts';
import { useView } from '../view.ts';
import { whoSays } from './after-words.ts';

/** A person's word on an item: done where only they can know it, waived, or still open. */
export function AfterSettle({ item, onDone }: { item: AfterItem; onDone: () => void }) {
  if (!byWord.includes(item.id))
    return (
      <Disclosure title="Go on without it">
        <Word item={item} onDone={onDone} />
      </Disclosure>
    );
  return <Word item={item} onDone={onDone} />;
}

function Word({ item, onDone }: { item: AfterItem; onDone: () => void }) {
  const { id, state, can } = useView();
  const settle = useCall('aftercare.settle');
  const fields = useFields(`${id} after ${item.id}`, { by: operatorOf(state), says: '' });
  const { by, says } = fields.values;
  const say = (outcome: 'done' | 'waived' | 'open') => {
    if (!fields.check({ by: by.trim() !== '', says: says.trim() !== '' })) return;
    void settle
      .run({ id, item: item.id, outcome, by: by.trim(), says: says.trim() })
      .then((result) => {
        if (!result.ok) return;
        fields.reset();
        onDone();
      });
  };
  const closed = !can('settle-after');
  return (
    <Stack>
      <Field
        label={whoSays[item.id]}
        maxLength={120}
        value={by}
        onChange={(text) => fields.set('by', text)}
        error={fields.wrong('by', 'Enter a name.')}
      />
      <TextArea
        label="How it was seen to, or why it is not"
        rows={2}
        maxLength={2000}
        value={says}
        onChange={(text) => fields.set('says', text)}
        error={fields.wrong('says', 'Say it in a sentence, for whoever reads the record.')}
      />
      {settle.problem && <ProblemBox problem={settle.problem} title="It was not written down" />}
      <Row>
        {byWord.includes(item.id) && (
          <Button icon="check" busy={settle.busy} isDisabled={closed} onPress={() => say('done')}>
            {item.id === 'login' ? 'Yes, this person can' : 'It is done'}
          </Button>
        )}
        <Button busy={settle.busy} isDisabled={closed} onPress={() => say('open')}>
          {item.id === 'login' ? 'No, nobody can yet' : 'Leave it open'}
        </Button>
        <Button busy={settle.busy} isDisabled={closed} onPress={() => say('waived')}>
          Waive it
        </Button>
      </Row>
    </Stack>
  );
}
