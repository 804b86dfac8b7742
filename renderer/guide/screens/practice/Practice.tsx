import { useState } from 'react';
import type { PracticeChoice } from '../../../../shared/contract/guide.ts';
import type { Profile } from '../../../../shared/profile.ts';
import type { Go } from '../../app/place.ts';
import { useCall } from '../../app/use-call.ts';
import { usePractice } from '../../app/use-machine.ts';
import { useStartCeremony, usualPractice, type StartHandle } from '../../app/use-start-ceremony.ts';
import { inWords } from '../../app/time.ts';
import { ClusterChip, RealBadge } from '../../components/Badge/Badge.tsx';
import { Button } from '../../components/Button/Button.tsx';
import { Facts } from '../../components/Facts/Facts.tsx';
import { Icon } from '../../components/icons/Icon.tsx';
import { Card, Page, Row, Section } from '../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { Waiting } from '../../components/Waiting/Waiting.tsx';
import { PracticeFaults } from './PracticeFaults.tsx';
import { PracticeNumbers } from './PracticeNumbers.tsx';
import { PracticeGuest, PracticeTogether } from './PracticeTogether.tsx';
import styles from './Practice.module.css';

/** Rehearsing: what it is, with which numbers, and what may go wrong on demand. */
export function Practice({ go }: { go: Go }) {
  const practice = usePractice();
  const start = useStartCeremony(go);
  const stop = useCall('practice.stop');
  const [choice, setChoice] = useState<PracticeChoice>(usualPractice);
  const running = practice.status?.running ? practice.status : undefined;

  return (
    <Page
      title="Practice"
      lead="The whole ceremony, with a primary and a DR secondary that live inside this app."
      above={<RealBadge practice />}
    >
      <div className={styles.both}>
        <Told title="What is real" lines={real} icon="check" />
        <Told title="What is pretend" lines={pretend} icon="practice" />
      </div>

      {practice.problem && (
        <ProblemBox
          problem={practice.problem}
          title="The practice clusters could not be asked"
          actions={<Button onPress={practice.reload}>Ask again</Button>}
        />
      )}

      {running && (
        <Section title="Running now">
          <Card>
            <ClusterChip name={running.profile.name} colour={running.profile.colour} size="large" />
            <Facts
              facts={[
                ['Shares', `${running.choice.threshold} of ${running.choice.shares}`],
                ['Vault', running.choice.version],
                ['Outage', inWords(running.choice.outageSeconds * 1000)],
                ['Nodes', running.profile.nodes.join(', ')],
              ]}
            />
            <Row>
              <Button
                kind="primary"
                isDisabled={start.doing !== undefined}
                onPress={() => start.open(running.profile.id)}
              >
                Open a ceremony on it
              </Button>
              <Button
                icon="clock"
                onPress={() => go({ at: 'shift', profile: running.profile.id })}
                label={`Shift desk of ${running.profile.name}`}
              >
                Shift desk
              </Button>
              <Button busy={stop.busy} onPress={() => void stop.run(undefined)}>
                Stop the practice clusters
              </Button>
            </Row>
            {stop.problem && <ProblemBox problem={stop.problem} title="They did not stop" />}
          </Card>
          {running.back && <WayBack profile={running.back} start={start} go={go} />}
          <PracticeFaults />
          <PracticeTogether choice={running.choice} />
        </Section>
      )}

      <Section title={running ? 'Start over' : 'Start'}>
        <Card>
          <PracticeNumbers choice={choice} onChange={setChoice} />
          {running && (
            <p>
              The clusters that run now are thrown away. A practice ceremony that is unfinished
              cannot go on then.
            </p>
          )}
          <Row>
            <Button
              kind={running ? 'quiet' : 'primary'}
              size="large"
              isDisabled={start.doing !== undefined}
              onPress={() => start.practise(choice)}
            >
              {running
                ? `Start over with ${choice.threshold} of ${choice.shares}`
                : `Practise with ${choice.threshold} of ${choice.shares}`}
            </Button>
            <Button
              isDisabled={start.doing !== undefined}
              onPress={() => start.clustersOnly(choice)}
            >
              {running ? 'Start new clusters, without a ceremony' : 'Start the clusters only'}
            </Button>
          </Row>
          {start.doing && <Waiting doing={start.doing} />}
          {start.problem && (
            <ProblemBox problem={start.problem} title="The practice did not start" />
          )}
        </Card>
      </Section>

      <PracticeGuest guest={practice.status?.guest} />
    </Page>
  );
}

/** The same clusters the other way round: for failing back. */
function WayBack({
  profile: { id, name, colour, nodes },
  start,
  go,
}: {
  profile: Profile;
  start: StartHandle;
  go: Go;
}) {
  return (
    <Card>
      <ClusterChip name={name} colour={colour} size="large" />
      <Facts facts={[['Nodes', nodes.join(', ')]]} />
      <Row>
        <Button
          isDisabled={start.doing !== undefined}
          onPress={() => start.open(id)}
          label={`Open a ceremony on ${name}`}
        >
          Open a ceremony on it
        </Button>
        <Button
          icon="clock"
          onPress={() => go({ at: 'shift', profile: id })}
          label={`Shift desk of ${name}`}
        >
          Shift desk
        </Button>
      </Row>
    </Card>
  );
}

function Told({
  title,
  lines,
  icon,
}: {
  title: string;
  lines: readonly string[];
  icon: 'check' | 'practice';
}) {
  return (
    <section className={styles.told} aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {lines.map((line) => (
          <li key={line}>
            <Icon name={icon} />
            <span>{line}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const real = [
  'Every step, every screen and every sentence.',
  'The calls: HTTPS with a certificate that is checked, and the answers Vault gives.',
  'The shares, the OTP and the token: real arithmetic, real lengths.',
  'The keychain, and a record on disk.',
];

const pretend = [
  'The clusters: they hold no data, and they end with this app.',
  'The envelopes: the page where a share is given can open the one of each holder.',
  'The outage: it lasts as long as chosen here.',
];
