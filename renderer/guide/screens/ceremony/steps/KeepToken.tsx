import type { SubmitEvent } from 'react';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Disclosure } from '../../../components/Disclosure/Disclosure.tsx';
import { Field } from '../../../components/Field/Field.tsx';
import { Stack } from '../../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { operatorOf } from '../aside/operator.ts';
import { useFields } from '../use-fields.ts';
import { useView } from '../view.ts';

/** The root token stays in the keychain for some hours: by name and reason, and Home reminds of it. */
export function KeepToken() {
  const { id, state, can } = useView();
  const call = useCall('ceremony.store-token');
  const fields = useFields(`${id} keep`, { owner: operatorOf(state), why: '', hours: '8' });
  const { owner, why, hours } = fields.values;
  if (!can('store-token')) return null;

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const right =
      /^\d{1,3}$/.test(hours.trim()) && Number(hours) >= 1 && Number(hours) <= mostHours;
    if (!fields.check({ owner: owner.trim() !== '', why: why.trim() !== '', hours: right })) return;
    const until = new Date(Date.now() + Number(hours) * 3_600_000).toISOString();
    void call.run({ id, owner: owner.trim(), why: why.trim(), until });
  };
  return (
    <Disclosure title="Keep it in the keychain for some hours">
      <form onSubmit={submit} noValidate>
        <Stack>
          <p>
            The ceremony stays open meanwhile, and Home says when the token is to be revoked. It
            does not expire by itself.
          </p>
          <Field
            label="Who revokes it"
            maxLength={120}
            value={owner}
            onChange={(text) => fields.set('owner', text)}
            error={fields.wrong('owner', 'Who revokes it? Enter a name.')}
          />
          <Field
            label="Why it is kept"
            maxLength={2000}
            value={why}
            onChange={(text) => fields.set('why', text)}
            error={fields.wrong('why', 'Why is it kept? Give the reason.')}
          />
          <Field
            label="Revoked within so many hours"
            hint={`From 1 to ${mostHours}.`}
            maxLength={3}
            value={hours}
            onChange={(text) => fields.set('hours', text)}
            error={fields.wrong('hours', `Enter a number from 1 to ${mostHours}.`)}
          />
          {call.problem && <ProblemBox problem={call.problem} title="It was not written" />}
          <div>
            <Button type="submit" busy={call.busy}>
              Keep it until then
            </Button>
          </div>
        </Stack>
      </form>
    </Disclosure>
  );
}

/** A week: longer than that a root token is not for a night's work. */
const mostHours = 168;
