import { z } from 'zod';
import { doorFamilies, type DoorFamily, type ProbedFamily } from '../../shared/ceremony/door.ts';
import { problemOf } from '../../shared/problem.ts';
import { VaultFailure } from './failure.ts';
import type { VaultNode } from './node.ts';

const paths: Readonly<Record<DoorFamily, string>> = {
  'generate-operation-token': 'sys/replication/dr/secondary/generate-operation-token/attempt',
  'generate-root': 'sys/generate-root/attempt',
  rekey: 'sys/rekey/init',
};

/**
 * Asks one node, without any token, for the status of each family that
 * `enable_unauthenticated_access` can open (docs/protocol.md §0.1). Only reads. Never throws: what
 * does not answer is an answer of its own.
 */
export async function probeDoor(node: VaultNode): Promise<ProbedFamily[]> {
  const probed: ProbedFamily[] = [];
  for (const family of doorFamilies) probed.push(await probe(node, family));
  return probed;
}

async function probe(node: VaultNode, family: DoorFamily): Promise<ProbedFamily> {
  try {
    await node.ask({ method: 'GET', path: paths[family] }, z.object({}));
    return { family, answer: 'answers' };
  } catch (thrown) {
    const { code, known } = problemOf(thrown);
    if (code === 'vault.permission-denied') return { family, answer: 'refuses-permission' };
    const own = thrown instanceof VaultFailure ? thrown.errors[0] : undefined;
    return { family, answer: 'other', says: (own ?? known).slice(0, 500) };
  }
}
