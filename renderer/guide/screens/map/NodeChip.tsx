import { nodeState } from '../../../../shared/topology/node-state.ts';
import type { NodeReading } from '../../../../shared/topology/reading.ts';
import { Level } from '../../components/Badge/Level.tsx';
import { timeOfDay } from '../../app/time.ts';
import styles from './Map.module.css';

/** One node on the map: its short name and its state. */
export function NodeChip({ node, reading }: { node: string; reading: NodeReading | undefined }) {
  const { level, word } = nodeState(reading);
  return (
    <li className={styles.node}>
      <span className={styles.address}>{shortAddress(node)}</span>
      <Level level={level} word={word} />
      {reading?.state === 'silent' && (
        <span className={styles.since}>since {timeOfDay(reading.since)}</span>
      )}
    </li>
  );
}

/** Without the scheme, which all of them share. */
export const shortAddress = (node: string): string => node.replace(/^https:\/\//, '');
