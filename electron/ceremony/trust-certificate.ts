import type { TrustedLeaf } from '../../shared/ceremony/events.ts';
import { expiredLeafOf, type ExpiredLeaf } from '../../shared/ceremony/findings.ts';
import { samePerson } from '../../shared/ceremony/people.ts';
import { problemOf, Trouble } from '../../shared/problem.ts';
import type { Connection } from '../vault/connection.ts';
import { readHealth } from '../vault/sys-status.ts';
import { ruleTrouble } from './ceremony-log.ts';
import type { ConnectOptions, Room } from './room.ts';

/**
 * Trusts exactly one expired certificate of one address, for this ceremony: two people have compared
 * its SHA-256 by another channel. Possible until the ceremony has ended, since a certificate may
 * expire in the middle of it. The address is read twice: without the trust, so that nothing is
 * trusted that is not refused for its dates; and with it, so that a certificate with anything else
 * wrong (its CA, its name, another leaf) never gets on the record as trusted.
 *
 * @throws Trouble `vault.certificate` where it is refused all the same or another one is shown,
 *   `rule.not-now` where it is accepted as it is or the two are one person, `vault.*`.
 */
export async function trustCertificate(room: Room, trusted: TrustedLeaf): Promise<void> {
  const [one, other] = trusted.comparedBy;
  if (samePerson(one, other))
    throw ruleTrouble('Two people compare the fingerprint, and the same name was given twice.');
  const before = room.log.state.trusted.filter(({ node }) => node !== trusted.node);
  const { subject, until } = await refusedNow(room, trusted, before);
  await read(room, trusted, [...before, trusted]);
  await room.log.append({ type: 'certificate.trusted', trusted, subject, until });
}

/** The certificate as it is refused now, which must be the one that was compared. */
async function refusedNow(
  room: Room,
  { node, leaf }: TrustedLeaf,
  before: readonly TrustedLeaf[],
): Promise<ExpiredLeaf> {
  const shown = await refusal(room, node, before);
  if (!shown)
    throw ruleTrouble('The certificate of this address is accepted: there is nothing to trust.');
  if (shown.leaf !== leaf) throw new Trouble(another(node));
  return shown;
}

/** The expired certificate it is refused for; `undefined`: it is accepted. @throws whatever else stops it. */
async function refusal(
  room: Room,
  node: TrustedLeaf['node'],
  before: readonly TrustedLeaf[],
): Promise<ExpiredLeaf | undefined> {
  try {
    await read(room, { node }, before);
    return undefined;
  } catch (thrown) {
    const expired = expiredLeafOf(node, problemOf(thrown));
    if (expired) return expired;
    throw thrown;
  }
}

async function read(
  room: Room,
  { node }: Pick<TrustedLeaf, 'node'>,
  trusted: readonly TrustedLeaf[],
): Promise<void> {
  const connection = await wayTo(room, node, { timeoutMs: 8_000, trusted });
  try {
    await readHealth(connection.node(node));
  } finally {
    connection.close();
  }
}

/** The address that clients use has a connection of its own. */
function wayTo(
  room: Room,
  node: TrustedLeaf['node'],
  options: ConnectOptions,
): Promise<Connection> {
  const { nodes, primaryNodes } = room.log.state.cluster;
  const ofClients =
    room.site().clientAddress === node && ![...nodes, ...primaryNodes].includes(node);
  return ofClients ? room.connectToClients(options) : room.connect(options);
}

const another = (node: string) =>
  ({
    code: 'vault.certificate',
    known: `${node} does not show the certificate that was compared: it shows another one, which has expired too.`,
    safe: 'Nothing was trusted, and only the reading of its dates was made.',
    next: 'Look at the fingerprint that is shown now, and compare that one with its administrator.',
  }) as const;
