import type { NodeAddress } from '../../shared/ids.ts';
import type { Connection } from '../vault/connection.ts';
import { readHealth, readLeader } from '../vault/sys-status.ts';
import { leads } from './preflight-cluster.ts';

/**
 * The node that says it leads now, among those that are given. Each is asked for itself: where a server
 * says its leader is, nobody follows. Where two say it of themselves, the one that is given first counts.
 *
 * @returns `undefined` where none says so: all are silent, sealed or standbys.
 */
export async function leadingNode(
  connection: Connection,
  nodes: readonly NodeAddress[],
): Promise<NodeAddress | undefined> {
  const answers = await Promise.all(
    nodes.map(async (address) => {
      try {
        const node = connection.node(address);
        const [leader, health] = await Promise.all([readLeader(node), readHealth(node)]);
        return leads({ health, leader });
      } catch {
        return false;
      }
    }),
  );
  return nodes.find((_, at) => answers[at] === true);
}
