import { useState, type SubmitEvent } from 'react';
import type { Demotion } from '../../../../../shared/ceremony/state.ts';
import { timeOfDay } from '../../../app/time.ts';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Disclosure } from '../../../components/Disclosure/Disclosure.tsx';
import { Row, Stack } from '../../../components/Layout/Layout.tsx';
import { Notice } from '../../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { hostOf, primaryPhrase } from '../phrases.ts';
import { useView } from '../view.ts';
import { DemoteFields, useDemoteFields } from './DemoteFields.tsx';

/**
 * The old primary as it was last seen, and looked at again.
 *
 * @param demote whether it is demoted here where it is active; else the step above is about that.
 */
export function OldPrimary({ demote = true }: { demote?: boolean }) {
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
      {demote && primary?.seen === 'answers-as-active' && <Demote />}
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
  const { id, can, isOpen } = useView();
  const open = useCall('surface.open-secret-entry');
  const demotion = useDemoteFields();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const order = demotion.order();
    if (order) void open.run({ id, what: { kind: 'demote', ...order } });
  };
  return (
    <Disclosure title="Demote the primary from here">
      <form onSubmit={submit} noValidate>
        <Stack>
          <p>{whatDemotingDoes}</p>
          <DemoteFields demotion={demotion} />
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

export const whatDemotingDoes =
  'The old primary stops serving its clients at once, and this cluster can then be promoted without two primaries. A batch token for the failover is made before, while the primary still is one. It takes a token of the primary, entered in a window of its own.';
