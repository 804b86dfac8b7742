import { useState } from 'react';
import type { ShiftView } from '../../../../shared/contract/shift.ts';
import type { ProfileId } from '../../../../shared/ids.ts';
import { useCall } from '../../app/use-call.ts';
import { dayAndTime, withLocalTimes } from '../../app/time.ts';
import { ClusterChip, RealBadge } from '../../components/Badge/Badge.tsx';
import { Button } from '../../components/Button/Button.tsx';
import { Field } from '../../components/Field/Field.tsx';
import { Page, Row, Section, Stack } from '../../components/Layout/Layout.tsx';
import { Notice } from '../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { WaitingSoon } from '../../components/Waiting/Waiting.tsx';
import { HandOver } from './HandOver.tsx';
import { IssueToken } from './IssueToken.tsx';
import { Names } from './Names.tsx';
import { PasteToken } from './PasteToken.tsx';
import { Setup } from './Setup.tsx';
import { ShiftNote } from './ShiftNote.tsx';
import { Tokens } from './Tokens.tsx';
import { useShiftView } from './use-shift.ts';
import { YourToken } from './YourToken.tsx';

/** The shift desk of one cluster: who has the shift, and the batch tokens it looks after. */
export function ShiftDesk({ profile, onHome }: { profile: ProfileId; onHome: () => void }) {
  const { value: view, problem, loading, reload } = useShiftView(profile);
  return (
    <Page
      title="Shift desk"
      lead="A batch token, issued while the primary is alive, promotes the DR secondary at once. Each shift has one that is proved."
      above={
        <Button kind="plain" icon="back" onPress={onHome}>
          Home
        </Button>
      }
    >
      {loading && <WaitingSoon doing="Reading the shift" />}
      {problem && (
        <ProblemBox
          problem={problem}
          title="The shift could not be read"
          actions={<Button onPress={reload}>Read it again</Button>}
        />
      )}
      {view && (
        <>
          <Row>
            <RealBadge practice={view.practice} />
            <ClusterChip name={view.cluster} colour={view.colour} size="large" />
          </Row>
          {view.shift ? <Open view={view} shift={view.shift} /> : <Take view={view} />}
        </>
      )}
    </Page>
  );
}

function Open({ view, shift }: { view: ShiftView; shift: NonNullable<ShiftView['shift']> }) {
  return (
    <>
      <p>
        <b>{shift.operator}</b> has the shift since {dayAndTime(shift.openedAt)}.
      </p>
      {shift.trouble && (
        <ProblemBox problem={shift.trouble} title="The last step at this desk did not work" />
      )}
      {shift.openItems.map((item) => (
        <Notice key={item} tone="warning" title={withLocalTimes(item)} />
      ))}
      <Section title="Batch tokens">
        <Tokens view={view} by={shift.operator} />
        <ShiftNote profileId={view.profileId} by={shift.operator} />
      </Section>
      <Section title="Another batch token">
        <Stack>
          <YourToken view={view} />
          {view.vaultToken && (
            <>
              <Setup view={view} shift={shift} part="policy" />
              <Setup view={view} shift={shift} part="role" />
              <Names
                key={`${shift.names.policy} ${shift.names.role}`}
                profileId={view.profileId}
                names={shift.names}
              />
              <IssueToken profileId={view.profileId} by={shift.operator} />
            </>
          )}
          <PasteToken profileId={view.profileId} by={shift.operator} />
        </Stack>
      </Section>
      <Section title="End of the shift">
        <HandOver profileId={view.profileId} by={shift.operator} />
      </Section>
    </>
  );
}

function Take({ view }: { view: ShiftView }) {
  const open = useCall('shift.open');
  const [operator, setOperator] = useState('');
  return (
    <Section title="Nobody has the shift">
      <Stack>
        <p>
          Whoever takes it looks after the batch tokens. The shift has a record of its own, which
          ends with the hand-over.
        </p>
        {view.tokens.length > 0 && (
          <Notice title="Batch tokens are kept already">
            <p>{view.tokens.map(({ about }) => about.label).join(', ')}</p>
          </Notice>
        )}
        <Field label="Your name" value={operator} onChange={setOperator} maxLength={120} />
        <Row>
          <Button
            kind="primary"
            busy={open.busy}
            isDisabled={operator.trim() === ''}
            onPress={() => void open.run({ profileId: view.profileId, operator })}
          >
            Take the shift
          </Button>
        </Row>
        {open.problem && <ProblemBox problem={open.problem} title="The shift was not taken" />}
      </Stack>
    </Section>
  );
}
