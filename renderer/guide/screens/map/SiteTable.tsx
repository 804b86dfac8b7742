import { linkOf } from '../../../../shared/topology/link.ts';
import { nodeState, type Readings } from '../../../../shared/topology/node-state.ts';
import type { NodeFacts } from '../../../../shared/topology/reading.ts';
import { roleWords, type Member } from '../../../../shared/topology/site.ts';
import { timeOfDay } from '../../app/time.ts';
import { shortAddress } from './NodeChip.tsx';
import styles from './Map.module.css';

/** The whole site as a table: what the map shows, for reading line by line. */
export function SiteTable({ site, readings }: { site: Member; readings: Readings }) {
  return (
    <div className={styles.scroll} role="region" aria-label="The site as a table" tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{rowsOf(site, undefined, readings)}</tbody>
      </table>
    </div>
  );
}

const columns = ['Cluster', 'Node', 'State', 'Seal', 'Version', 'Replication', 'Last WAL', 'Seen'];

function rowsOf(member: Member, above: Member | undefined, readings: Readings): React.ReactNode[] {
  const link = above && linkOf(above, member, readings);
  const own = member.nodes.map((node) => {
    const reading = readings.get(node);
    const { word } = nodeState(reading);
    const facts = reading?.state === 'answers' ? reading.facts : undefined;
    return (
      <tr key={`${member.key} ${node}`}>
        <th scope="row">
          {member.name} ({roleWords[member.role]})
        </th>
        <td className={styles.address}>{shortAddress(node)}</td>
        <td>{reading?.state === 'silent' ? `${word}, since ${timeOfDay(reading.since)}` : word}</td>
        <td>{facts ? (facts.sealed ? 'Sealed' : 'Unsealed') : 'Not known'}</td>
        <td>{facts?.version ?? 'Not known'}</td>
        <td>{link ? [link.word, link.state].filter(Boolean).join(', ') : 'Follows nobody'}</td>
        <td>{walOf(facts) ?? 'Not known'}</td>
        <td>{facts ? timeOfDay(facts.at) : 'Not now'}</td>
      </tr>
    );
  });
  return [...own, ...member.followers.flatMap((one) => rowsOf(one, member, readings))];
}

const walOf = (facts: NodeFacts | undefined): number | undefined =>
  facts?.dr?.lastRemoteWal ?? facts?.performance?.lastRemoteWal ?? facts?.lastWal;
