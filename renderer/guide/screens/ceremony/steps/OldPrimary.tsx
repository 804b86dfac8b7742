import { useState, type SubmitEvent } from 'react';
import { samePerson } from '../../../../../shared/ceremony/people.ts';
import type { Demotion } from '../../../../../shared/ceremony/state.ts';
import { timeOfDay } from '../../../app/time.ts';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Disclosure } from '../../../components/Disclosure/Disclosure.tsx';
import { Field } from '../../../components/Field/Field.tsx';
import { Row, Stack } from '../../../components/Layout/Layout.tsx';
import { Notice } from '../../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { operatorOf } from '../aside/operator.ts';
import { hostOf, primaryPhrase } from '../phrases.ts';
import { useFields } from '../use-fields.ts';
import { useView } from '../view.ts';

/** The old primary as it was last seen, looked at again, and demoted from here where it is active. */
export function OldPrimary() {
  const { id, state, can } = useView();
  const look = useCall('ceremony.look-at-primary');
  const [says, setSays] = useState<string>();
  const { primary, demotion } = state;
  const again = () =>
    void look.run({ id }).then((result) => setSays(result.ok ? result.value.sentence : undefined));
  return (
    <Stack>
      {demotion && <DemotionNotice demotion={demotion} />}
      <Row>
        <Button icon="again" busy={look.busy} isDisabled={!can('look-at-primary')} onPress={again}>
          Look at the primary again
        </Button>
        <span role="status">
          {says ?? (primary && `${primaryPhrase[primary.seen]} Seen at ${timeOfDay(primary.at)}.`)}
        </span>
      </Row>
      {look.problem && <ProblemBox problem={look.problem} title="It could not be looked at" />}
      {primary?.seen === 'answers-as-active' && <Demote />}
    </Stack>
  );
}

function DemotionNotice({ demotion }: { demotion: Demotion }) {
  const { node, outcome, problem } = demotion;
  switch (outcome) {
    case 'demoted':
      return (
        <Notice tone="good" title="The old primary was demoted from here" announce>
          <p>
            {hostOf(node)} says that it is a secondary. It follows nobody, and it stays so until it
            is attached again.
          </p>
        </Notice>
      );
    case 'failed':
      return (
        <Notice tone="warning" title="The old primary was not demoted" announce>
          <p>{problem?.known}</p>
        </Notice>
      );
    case 'under-way':
    case 'accepted':
    case 'unknown':
      return (
        <Notice tone="warning" title="Whether the old primary is demoted is not seen yet" announce>
          <p>
            The demotion was sent to {hostOf(node)} once and is not sent again by itself.{' '}
            {problem?.known} Look at the primary again: its mode tells.
          </p>
        </Notice>
      );
  }
}

function Demote() {
  const { id, state, can, isOpen } = useView();
  const open = useCall('surface.open-secret-entry');
  const { name } = state.cluster;
  const witness = 'roster' in state ? (state.roster?.witness ?? '') : '';
  const fields = useFields(`${id} demote`, {
    typed: '',
    by: operatorOf(state),
    secondPerson: witness,
  });
  const { typed, by, secondPerson } = fields.values;

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const right = {
      typed: typed.trim() === name,
      by: by.trim() !== '',
      secondPerson: secondPerson.trim() !== '' && !samePerson(by, secondPerson),
    };
    if (!fields.check(right)) return;
    const what = {
      kind: 'demote' as const,
      typed: typed.trim(),
      by: by.trim(),
      secondPerson: secondPerson.trim(),
    };
    void open.run({ id, what });
  };
  return (
    <Disclosure title="Demote the primary from here">
      <form onSubmit={submit} noValidate>
        <Stack>
          <p>
            The old primary stops serving its clients at once, and this cluster can then be promoted
            without two primaries. A batch token for the failover is made before, while the primary
            still is one. It takes a token of the primary, entered in a window of its own.
          </p>
          <Field
            label={`The cluster’s name, to be sure: ${name}`}
            maxLength={80}
            value={typed}
            onChange={(text) => fields.set('typed', text)}
            error={fields.wrong('typed', `Type ${name}, exactly as it stands on top.`)}
          />
          <Field
            label="Who demotes it"
            maxLength={120}
            value={by}
            onChange={(text) => fields.set('by', text)}
            error={fields.wrong('by', 'Who demotes it? Enter a name.')}
          />
          <Field
            label="Second person who agrees to the demotion"
            maxLength={120}
            value={secondPerson}
            onChange={(text) => fields.set('secondPerson', text)}
            error={fields.wrong('secondPerson', 'Enter the name of another person.')}
          />
          {open.problem && <ProblemBox problem={open.problem} title="The page did not open" />}
          <Row>
            <Button
              type="submit"
              kind="danger"
              icon="lock"
              busy={open.busy}
              isDisabled={!can('demote-primary')}
            >
              Enter the token and demote
            </Button>
            <span role="status">
              {isOpen('secret-entry') && 'The page is open in its own window.'}
            </span>
          </Row>
        </Stack>
      </form>
    </Disclosure>
  );
}
