import type { Link } from '../../../../shared/topology/link.ts';
import type { LinkReading, NodeFacts, NodeReading } from '../../../../shared/topology/reading.ts';
import { nodeState } from '../../../../shared/topology/node-state.ts';
import { count, dayAndTime, inWords, timeOfDay } from '../../app/time.ts';

type Fact = readonly [name: string, value: string];

/** How far a secondary is behind, where it can be said; otherwise why it cannot. */
export function lagWords({ lag, level }: Link): string | undefined {
  if (lag.known)
    return lag.writes === 0 ? 'in step with the primary' : `${count(lag.writes, 'write')} behind`;
  // Where the link itself is not known, its lag goes without saying.
  return level === 'unknown' ? undefined : `Lag not known: ${lag.why}`;
}

/** Everything that is known of a node, by the names Vault's people use. */
export function factsOfNode(reading: NodeReading | undefined): readonly Fact[] {
  if (reading === undefined) return [['State', nodeState(undefined).word]];
  const { word } = nodeState(reading);
  if (reading.state === 'answers')
    return [['State', word], ['Seen at', timeOfDay(reading.facts.at)], ...factsTold(reading.facts)];
  return [
    ['State', `${word}, since ${timeOfDay(reading.since)}`],
    ['Last tried', timeOfDay(reading.triedAt)],
    ['Why', reading.problem.known],
    ['What to do', reading.problem.next],
    ...(reading.last
      ? [
          ['Last answer', `${dayAndTime(reading.last.at)}; what follows is from then`] as const,
          ...factsTold(reading.last),
        ]
      : []),
  ];
}

function factsTold(facts: NodeFacts): Fact[] {
  const told: (readonly [string, string | undefined])[] = [
    ['Version', facts.version],
    ['Cluster name', facts.clusterName],
    ['Seal', sealWords(facts)],
    ['Leader', leaderWords(facts)],
    ['DR mode', facts.drMode],
    ...linkFacts('DR', facts.dr, facts.at),
    ['Performance mode', facts.performanceMode],
    ...linkFacts('Performance', facts.performance, facts.at),
    ['Last WAL', facts.lastWal?.toString()],
    ['Clock', clockWords(facts.clockAheadMs)],
    ['Not answered', facts.unanswered.length > 0 ? facts.unanswered.join(', ') : undefined],
  ];
  return told.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

function linkFacts(
  kind: string,
  link: LinkReading | undefined,
  at: string,
): (readonly [string, string | undefined])[] {
  if (link === undefined || link.mode === 'disabled') return [];
  return [
    [`${kind} state`, link.state],
    [`${kind} connection`, link.connection],
    [`${kind} last WAL shipped`, link.lastShippedWal?.toString()],
    [`${kind} last WAL received`, link.lastRemoteWal?.toString()],
    ...link.otherEnds.map((end, place): readonly [string, string] => [
      `${kind} link ${place + 1}`,
      [
        end.id ?? end.address ?? 'unnamed',
        end.connection,
        end.lastHeartbeat && heartbeatWords(end.lastHeartbeat, at),
        end.clockSkewMs !== undefined && `clock skew ${end.clockSkewMs} ms`,
      ]
        .filter(Boolean)
        .join(', '),
    ]),
  ];
}

/** Its age when it was read; by two clocks, where those differ. */
const heartbeatWords = (heartbeat: string, at: string): string =>
  `heartbeat ${inWords(Date.parse(at) - Date.parse(heartbeat))} old, from ${timeOfDay(heartbeat)}`;

function sealWords({ sealed, seal }: NodeFacts): string {
  const word = sealed ? 'Sealed' : 'Unsealed';
  if (seal === undefined) return word;
  const kind = seal.type === undefined ? '' : `, ${seal.type}`;
  const need =
    seal.threshold !== undefined && seal.shares !== undefined
      ? `, ${seal.threshold} of ${seal.shares} ${seal.recovery ? 'recovery' : 'unseal'} keys`
      : '';
  const given = sealed && seal.progress ? `, ${seal.progress} given` : '';
  return `${word}${kind}${need}${given}`;
}

const leaderWords = ({ active, leaderAddress }: NodeFacts): string | undefined =>
  active ? 'This node' : leaderAddress;

/** Servers tell whole seconds: what is less than two says nothing. */
function clockWords(aheadMs: number | undefined): string | undefined {
  if (aheadMs === undefined) return undefined;
  if (Math.abs(aheadMs) < 2_000) return 'As this machine’s, to about a second';
  const by = inWords(Math.abs(aheadMs));
  return aheadMs > 0 ? `${by} ahead of this machine` : `${by} behind this machine`;
}
