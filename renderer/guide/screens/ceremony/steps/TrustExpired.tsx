import type { SubmitEvent } from 'react';
import type { ExpiredLeaf } from '../../../../../shared/ceremony/findings.ts';
import { samePerson } from '../../../../../shared/ceremony/people.ts';
import { dayAndTime } from '../../../app/time.ts';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Disclosure } from '../../../components/Disclosure/Disclosure.tsx';
import { Facts } from '../../../components/Facts/Facts.tsx';
import { Field, TextArea } from '../../../components/Field/Field.tsx';
import { Stack } from '../../../components/Layout/Layout.tsx';
import { DigestWords } from '../../../components/Words/DigestWords.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { operatorOf } from '../aside/operator.ts';
import { hostOf } from '../phrases.ts';
import { useFields } from '../use-fields.ts';
import { useView } from '../view.ts';

/** Two people compare an expired certificate's fingerprint by another channel, and trust exactly that one. */
export function TrustExpired({ expired }: { expired: ExpiredLeaf }) {
  const { id, state, can } = useView();
  const call = useCall('ceremony.trust-certificate');
  const { node, leaf, subject, issuer, until } = expired;
  const fields = useFields(`${id} trust ${node}`, {
    one: operatorOf(state),
    other: '',
    how: '',
  });
  const { one, other, how } = fields.values;
  if (!can('trust-certificate')) return null;

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const right = {
      one: one.trim() !== '',
      other: other.trim() !== '' && !samePerson(one, other),
      how: how.trim() !== '',
    };
    if (!fields.check(right)) return;
    const comparedBy: [string, string] = [one.trim(), other.trim()];
    void call.run({ id, trusted: { node, leaf, comparedBy, how: how.trim() } });
  };
  return (
    <Disclosure title={`Trust the expired certificate of ${hostOf(node)} for this ceremony`}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <p>
            Only where nobody can replace it tonight. Ask the administrator of that node, on the
            phone or in person, for the SHA-256 of its certificate, and compare all of it: the words
            aloud, or the digits. Whoever answers at this address must not be the only source.
          </p>
          <Facts
            facts={[
              ['Certificate', subject],
              ['Issued by', issuer],
              ['Was valid until', dayAndTime(until)],
            ]}
          />
          <DigestWords digest={leaf} />
          <p>
            Then exactly this certificate is accepted, at this node, until this ceremony ends. Its
            CA and its name are checked as ever. It goes on the record as a deviation.
          </p>
          <Field
            label="Who compared it"
            maxLength={120}
            value={one}
            onChange={(text) => fields.set('one', text)}
            error={fields.wrong('one', 'Who compared it? Enter a name.')}
          />
          <Field
            label="Second person who compared it"
            maxLength={120}
            value={other}
            onChange={(text) => fields.set('other', text)}
            error={fields.wrong('other', 'Enter the name of another person.')}
          />
          <TextArea
            label="With whom, and by which other channel"
            rows={2}
            maxLength={2000}
            value={how}
            onChange={(text) => fields.set('how', text)}
            error={fields.wrong('how', 'Say who read the fingerprint to you, and how.')}
          />
          {call.problem && (
            <ProblemBox problem={call.problem} title="The certificate was not accepted" />
          )}
          <div>
            <Button type="submit" kind="danger" busy={call.busy}>
              Trust this certificate for this ceremony
            </Button>
          </div>
        </Stack>
      </form>
    </Disclosure>
  );
}
