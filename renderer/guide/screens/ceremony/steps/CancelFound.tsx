import type { SubmitEvent } from 'react';
import type { Nonce } from '../../../../../shared/ids.ts';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Disclosure } from '../../../components/Disclosure/Disclosure.tsx';
import { Field, TextArea } from '../../../components/Field/Field.tsx';
import { Stack } from '../../../components/Layout/Layout.tsx';
import { Notice } from '../../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { operatorOf } from '../aside/operator.ts';
import { useFields } from '../use-fields.ts';
import { useView } from '../view.ts';

/** Cancels an attempt that is not this ceremony's: by its nonce, with a name and a reason. */
export function CancelFound({ nonce }: { nonce: Nonce }) {
  const { id, state, records, can } = useView();
  const call = useCall('ceremony.cancel-found');
  const fields = useFields(`${id} cancel-found`, { by: operatorOf(state), why: '' });
  const { by, why } = fields.values;
  const isCancelled = records.some(
    ({ event }) => event.type === 'found.cancelled' && event.nonce === nonce,
  );
  if (isCancelled)
    return (
      <Notice tone="good" title="That attempt was cancelled" announce>
        <p>The place on the server is free, unless somebody has started another since.</p>
      </Notice>
    );
  if (!can('cancel-found')) return null;

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!fields.check({ by: by.trim() !== '', why: why.trim() !== '' })) return;
    void call.run({ id, nonce, by: by.trim(), why: why.trim() });
  };
  return (
    <Disclosure title="Cancel that attempt, for whoever started it">
      <form onSubmit={submit} noValidate>
        <Stack>
          <p>
            Only after asking. Shares given to it count for nothing then. It is cancelled only while
            the server still shows the nonce <code>{nonce}</code>, and it goes on the record as a
            deviation.
          </p>
          <TextArea
            label="Why it is cancelled"
            rows={2}
            maxLength={2000}
            value={why}
            onChange={(text) => fields.set('why', text)}
            error={fields.wrong('why', 'Why is it cancelled? Say who was asked.')}
          />
          <Field
            label="Who decides it"
            maxLength={120}
            value={by}
            onChange={(text) => fields.set('by', text)}
            error={fields.wrong('by', 'Who decides it? Enter a name.')}
          />
          {call.problem && <ProblemBox problem={call.problem} title="It was not cancelled" />}
          <div>
            <Button type="submit" kind="danger" icon="cross" busy={call.busy}>
              Cancel that attempt
            </Button>
          </div>
        </Stack>
      </form>
    </Disclosure>
  );
}
