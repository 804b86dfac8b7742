import type { Secret } from '../../shared/secret.ts';
import type { VaultNode } from './node.ts';

/** A snapshot of a large cluster takes long; it changes nothing. */
const patienceMs = 30 * 60_000;

/**
 * `GET sys/storage/raft/snapshot` of a primary with integrated storage: a gzip file, encrypted by
 * Vault's barrier. A DR secondary has no such path, so it is taken before a demotion.
 * @throws VaultFailure; `vault.endpoint-missing` where the storage is not raft.
 */
export const downloadSnapshot = (
  node: VaultNode,
  token: Secret<'vault-token'>,
  sink: (piece: Uint8Array) => Promise<void>,
): Promise<void> =>
  node.download({ method: 'GET', path: 'sys/storage/raft/snapshot', token }, sink, patienceMs);
