import type { ShiftView } from '../../../../shared/contract/shift.ts';
import type { Go } from '../../app/place.ts';
import { ClusterChip, RealBadge } from '../../components/Badge/Badge.tsx';
import { Button } from '../../components/Button/Button.tsx';
import { Card, Row, Section, Stack } from '../../components/Layout/Layout.tsx';
import { Notice } from '../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { Life } from './Life.tsx';
import { useShiftOverview } from './use-shift.ts';

/** The batch tokens on Home: how long each still lives, and who has the shift. */
export function ShiftSection({ go }: { go: Go }) {
  const { value, problem } = useShiftOverview();
  if (problem) return <ProblemBox problem={problem} title="The batch tokens could not be listed" />;
  if (value === undefined || value.clusters.length === 0) return null;
  const watched = value.clusters.some(({ tokens }) => tokens.length > 0);
  const kept = value.clusters.filter(({ shift, tokens }) => shift || tokens.length > 0);
  const idle = value.clusters.filter(({ shift, tokens }) => !shift && tokens.length === 0);
  return (
    <Section title="Shift desk">
      <Stack>
        {watched && !value.notifies && (
          <Notice tone="warning" title="This window cannot show notices on the desktop">
            <p>The end of a token is told here only: leave this window where somebody sees it.</p>
          </Notice>
        )}
        {kept.map(({ profileId, cluster, colour, practice, shift, tokens }) => (
          <Card key={profileId}>
            <Row spread>
              <ClusterChip name={cluster} colour={colour} size="large" />
              <RealBadge practice={practice} />
            </Row>
            <p>{shift ? `${shift.operator} has the shift.` : 'Nobody has the shift.'}</p>
            {tokens.length === 0 && <p>No batch token is kept.</p>}
            {tokens.map(({ about }) => (
              <Stack key={about.id} gap="tight">
                <p>
                  Batch token <b>{about.label}</b>
                </p>
                <Life token={about} />
              </Stack>
            ))}
            <Row>
              <Button
                icon="clock"
                onPress={() => go({ at: 'shift', profile: profileId })}
                label={`Shift desk of ${cluster}`}
              >
                Shift desk
              </Button>
            </Row>
          </Card>
        ))}
        {idle.length > 0 && <Idle clusters={idle} go={go} />}
      </Stack>
    </Section>
  );
}

/** One line for all of them: without a shift there is nothing to watch. */
function Idle({
  clusters,
  go,
}: {
  clusters: readonly Pick<ShiftView, 'profileId' | 'cluster'>[];
  go: Go;
}) {
  return (
    <Stack gap="tight">
      <p>
        {clusters.length === 1 ? 'For this cluster no' : 'For these clusters no'} batch token is
        kept, and nobody has the shift. Without a token, a lost primary means a key ceremony.
      </p>
      <Row>
        {clusters.slice(0, shownHere).map(({ profileId, cluster }) => (
          <Button
            key={profileId}
            icon="clock"
            onPress={() => go({ at: 'shift', profile: profileId })}
          >
            {`Shift desk of ${cluster}`}
          </Button>
        ))}
        {clusters.length > shownHere && (
          <Button kind="plain" onPress={() => go({ at: 'profiles' })}>
            {`${clusters.length - shownHere} more, under Clusters`}
          </Button>
        )}
      </Row>
    </Stack>
  );
}

const shownHere = 6;
