import type { NodeReportView, TestReport } from '../../../../shared/contract/guide.ts';
import type { Pins } from '../../../../shared/profile.ts';
import { dayAndTime } from '../../app/time.ts';
import { Level } from '../../components/Badge/Level.tsx';
import { Facts } from '../../components/Facts/Facts.tsx';
import { FindingList } from '../../components/FindingList/FindingList.tsx';
import { Card, Row } from '../../components/Layout/Layout.tsx';
import { PinPanel } from './PinPanel.tsx';
import styles from './TestResult.module.css';

export interface TestResultProps {
  readonly report: TestReport;
  readonly pinned: Pins | undefined;
  /** False where the form was changed since: then there is nothing to pin. */
  readonly current: boolean;
  readonly busy: boolean;
  readonly onPin: (pins: Pins) => void;
}

/** What each node said, what that means, and which cluster it was. */
export function TestResult({ report, pinned, current, busy, onPin }: TestResultProps) {
  return (
    <>
      {report.nodes.map((node) => (
        <NodeCard key={node.node} report={node} />
      ))}
      {report.findings.length > 0 && <FindingList findings={report.findings} />}
      <PinPanel seen={report.pins} pinned={pinned} current={current} busy={busy} onPin={onPin} />
    </>
  );
}

function NodeCard({ report }: { report: NodeReportView }) {
  const { node, cluster, answered, problem } = report;
  // On the night the other clusters may well be away; only the DR secondary's nodes must answer.
  const silence = cluster === undefined ? 'stop' : 'warning';
  return (
    <Card>
      <Row spread>
        <span>
          <span className={styles.node}>{node}</span>
          {cluster !== undefined && ` (${cluster})`}
        </span>
        <Level level={answered ? 'ok' : silence} word={answered ? 'Answered' : 'No answer'} />
      </Row>
      {problem && (
        <div>
          <p>{problem.known}</p>
          <p>
            <b>To do: </b>
            {problem.next}
          </p>
        </div>
      )}
      {problem?.facts && <Facts facts={Object.entries(problem.facts)} mono />}
      {answered && <Facts facts={factsOf(report)} />}
    </Card>
  );
}

function factsOf({ version, mode, sealed, leads, certificateUntil }: NodeReportView) {
  const facts: [string, string][] = [];
  if (version !== undefined) facts.push(['Version', version]);
  if (mode !== undefined) facts.push(['DR mode', mode]);
  if (sealed !== undefined) facts.push(['Seal', sealed ? 'Sealed' : 'Unsealed']);
  if (leads !== undefined) facts.push(['Leads', leads ? 'Yes, this is the active node' : 'No']);
  if (certificateUntil !== undefined)
    facts.push(['Certificate until', dayAndTime(certificateUntil)]);
  return facts;
}
