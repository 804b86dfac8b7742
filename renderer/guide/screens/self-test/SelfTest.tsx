import { useState } from 'react';
import type { AppInfo } from '../../../../shared/contract/guide.ts';
import {
  checkNames,
  type SelfTest as Result,
  type SelfTestVerdict,
} from '../../../../shared/self-test.ts';
import { dayAndTime } from '../../app/time.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Checkbox } from '../../components/Choice/Choice.tsx';
import { ToldList } from '../../components/FindingList/FindingList.tsx';
import { Page, Row, Section, Stack } from '../../components/Layout/Layout.tsx';
import { Notice } from '../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { Waiting } from '../../components/Waiting/Waiting.tsx';

/** Is this machine ready for a ceremony? Asked in daylight, a month before the answer matters. */
export function SelfTest({ info }: { info: AppInfo }) {
  const [askClusters, setAskClusters] = useState(false);
  const [expectNoNetwork, setExpectNoNetwork] = useState(false);
  const [result, setResult] = useState<Result>();
  const test = useCall('app.self-test');
  const run = () => {
    setResult(undefined);
    void test.run({ askClusters, expectNoNetwork }).then((answer) => {
      if (answer.ok) setResult(answer.value);
    });
  };
  return (
    <Page
      title="Test this machine"
      lead="Looks at what a ceremony will need of this machine, and holds a short one on practice clusters that nobody sees. It changes nothing."
    >
      <Stack>
        <Checkbox isSelected={askClusters} onChange={setAskClusters}>
          Ask every saved cluster too. {clustersHint(info)}
        </Checkbox>
        <Checkbox isSelected={expectNoNetwork} onChange={setExpectNoNetwork}>
          This machine is meant to have no network.
        </Checkbox>
      </Stack>
      <Row>
        <Button kind="primary" size="large" icon="again" busy={test.busy} onPress={run}>
          {result ? 'Test again' : 'Run the self-test'}
        </Button>
      </Row>
      {test.busy && <Waiting doing="Testing; this takes some seconds" />}
      {test.problem && <ProblemBox problem={test.problem} title="The self-test did not run" />}
      {result && <Outcome result={result} />}
    </Page>
  );
}

const clustersHint = ({ realClustersAllowed }: AppInfo): string =>
  realClustersAllowed
    ? 'Connects to their nodes, without a token.'
    : 'This host does not connect to real clusters, so each will be told as refused.';

function Outcome({ result }: { result: Result }) {
  const { tone, title } = conclusions[result.verdict];
  return (
    <>
      <Notice tone={tone} title={title} announce>
        <p>
          Tested {dayAndTime(result.at)}. This result goes on the record of every ceremony that is
          opened before Keyturn is closed.
        </p>
        {!result.clustersAsked && <p>The saved clusters were not asked.</p>}
      </Notice>
      <Section title="What was looked at">
        <ToldList
          findings={result.checks.map((check) => ({ ...check, name: checkNames[check.id] }))}
        />
      </Section>
    </>
  );
}

const conclusions = {
  green: { tone: 'good', title: 'Green: this machine is ready for a ceremony' },
  amber: { tone: 'warning', title: 'Amber: a ceremony can be held here; look at what is not fine' },
  red: { tone: 'danger', title: 'Red: a ceremony would fail here, or must not be held here' },
} as const satisfies Readonly<Record<SelfTestVerdict, { tone: string; title: string }>>;
