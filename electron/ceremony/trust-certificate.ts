import type { TrustedLeaf } from '../../shared/ceremony/events.ts';
import { samePerson } from '../../shared/ceremony/people.ts';
import type { ExpiredLeaf } from '../../shared/ceremony/findings.ts';
import { ruleTrouble } from './ceremony-log.ts';
import { withConnection, type Room } from './room.ts';
import { readHealth } from '../vault/sys-status.ts';

/**
 * Trusts exactly one expired certificate of one node, for this ceremony: two people have compared its
 * SHA-256 by another channel. The connection is tried with it first, so that a certificate with
 * anything else wrong (its CA, its name, another leaf) never gets on the record as trusted.
 *
 * @throws Trouble `vault.certificate` where it is refused all the same, `rule.not-now` where preflight
 *   found no such certificate or the two are one person.
 */
export async function trustCertificate(room: Room, trusted: TrustedLeaf): Promise<void> {
  const { preflight } = room.log.in('preflight', 'roster', 'ready');
  const found = (preflight?.findings ?? [])
    .flatMap(({ expired }): ExpiredLeaf[] => (expired ? [expired] : []))
    .find(({ node, leaf }) => node === trusted.node && leaf === trusted.leaf);
  if (!found) throw ruleTrouble('Preflight did not find this certificate at this node.');
  const [one, other] = trusted.comparedBy;
  if (samePerson(one, other))
    throw ruleTrouble('Two people compare the fingerprint, and the same name was given twice.');
  const { node } = trusted;
  const before = room.log.state.trusted.filter((known) => known.node !== node);
  await withConnection(
    room,
    async (connection) => {
      await readHealth(connection.node(node));
      await room.log.append({
        type: 'certificate.trusted',
        trusted,
        subject: found.subject,
        until: found.until,
      });
    },
    { timeoutMs: 8_000, trusted: [...before, trusted] },
  );
}
