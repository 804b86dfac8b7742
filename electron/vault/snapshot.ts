import type { Secret } from '../../shared/secret.ts';
import type { VaultNode } from './node.ts';
import { notVault } from './refusal.ts';
import { WholeGzip } from './whole-gzip.ts';

/** A snapshot of a large cluster takes long; it changes nothing. */
const patienceMs = 30 * 60_000;

/**
 * `GET sys/storage/raft/snapshot` of a primary with integrated storage: a gzip file, encrypted by
 * Vault's barrier. A DR secondary has no such path, so it is taken before a demotion; a log-in page
 * that was kept in its place would be noticed when it is too late. What is inside is not looked at.
 * @throws VaultFailure; `vault.endpoint-missing` where the storage is not raft, `vault.not-vault`
 *   where what came is no whole gzip file.
 */
export async function downloadSnapshot(
  node: VaultNode,
  token: Secret<'vault-token'>,
  sink: (piece: Uint8Array) => Promise<void>,
): Promise<void> {
  const file = new WholeGzip();
  const call = { method: 'GET', path: 'sys/storage/raft/snapshot', token } as const;
  await node.download(
    call,
    async (piece) => {
      await file.take(piece);
      await sink(piece);
    },
    patienceMs,
  );
  if (await file.isWhole()) return;
  const asked = { address: node.address, changes: false };
  throw notVault(asked, 'HTTP 200 with something that is not a whole gzip file', 200);
}
