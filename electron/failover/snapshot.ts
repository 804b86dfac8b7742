import type { NodeAddress } from '../../shared/ids.ts';
import type { Secret } from '../../shared/secret.ts';
import { withConnection, type Room } from '../ceremony/room.ts';
import type { Connection } from '../vault/connection.ts';
import { downloadSnapshot } from '../vault/snapshot.ts';
import { activePrimaryOfOurs } from './demote.ts';
import { keepFile, type KeptFile } from './snapshot-file.ts';

/**
 * A raft snapshot of the primary before it is demoted: afterwards it can no longer be taken. The token
 * lives for this one call. Only reads, so there is no intent.
 *
 * @throws Trouble `rule.not-now` where no known primary answers as active, `profile.pin-mismatch` where
 *   it is not this cluster's, `input.invalid` for a file that will not do, `vault.*`.
 */
export async function snapshotPrimary(
  room: Room,
  token: Secret<'vault-token'>,
  file: string,
): Promise<void> {
  await withConnection(room, async (connection) => {
    const node = await activePrimaryOfOurs(room, connection);
    const kept = await keepSnapshot(room, connection, { node, token, file });
    await room.log.append({ type: 'primary.snapshot.kept', ...kept });
  });
}

/** The old primary's data in a file, named by its hash. @throws Trouble as `keepFile`, `vault.*`. */
export async function keepSnapshot(
  room: Room,
  connection: Connection,
  {
    node,
    token,
    file,
  }: { readonly node: NodeAddress; readonly token: Secret<'vault-token'>; readonly file: string },
): Promise<KeptFile & { readonly node: NodeAddress }> {
  const kept = await keepFile(file, room.dataFolder, (sink) =>
    downloadSnapshot(connection.node(node), token, sink),
  );
  return { node, ...kept };
}
