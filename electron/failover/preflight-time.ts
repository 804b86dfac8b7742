import type { Finding } from '../../shared/ceremony/findings.ts';
import type { TrustedLeaf } from '../../shared/ceremony/events.ts';
import type { Answered } from './preflight-cluster.ts';

/** Beyond this, times on the record and in Vault's audit log can no longer be laid side by side. */
const toleratedSkewSeconds = 30;
/** From here on things break that a person would notice: certificates, tokens' lives. */
const breakingSkewSeconds = 300;
const soonDays = 30;

interface Reading {
  readonly node: string;
  /** Seconds since 1970, of this machine and of the node, at one moment. */
  readonly ours: number;
  readonly theirs: number;
}

/**
 * The nodes' clocks against this machine's. Where several nodes agree with each other and not with
 * us, this machine's is named as the likely wrong one; else it cannot be told from here.
 */
export function clockFindings(there: readonly Answered[]): Finding[] {
  const readings = there.flatMap(({ node, health, at }): Reading[] =>
    health.serverTimeUtc === undefined
      ? []
      : [{ node, ours: Math.floor(Date.parse(at) / 1000), theirs: health.serverTimeUtc }],
  );
  const apart = readings.filter((one) => Math.abs(skewOf(one)) > toleratedSkewSeconds);
  const [first] = apart;
  if (!first) return [];
  const skews = apart.map(skewOf);
  const agree = Math.max(...skews) - Math.min(...skews) <= toleratedSkewSeconds;
  if (agree && apart.length > 1 && apart.length === readings.length)
    return [
      {
        id: 'clock',
        level: 'warning',
        what: `${differ(first)} All ${apart.length} nodes that answer agree with each other, so this machine’s clock is most likely the wrong one.`,
        why: `${whatBreaks(skewOf(first))} The times on the record come from this machine.`,
        todo: 'Compare this machine’s clock with a watch and set it, then check again. A change during the ceremony goes on the record.',
      },
    ];
  return apart.map((one) => ({
    id: 'clock',
    level: 'warning',
    node: one.node,
    what: differ(one),
    why: whatBreaks(skewOf(one)),
    todo: 'Compare both with a third clock, and correct the wrong one.',
  }));
}

const skewOf = ({ ours, theirs }: Reading): number => theirs - ours;

const differ = (one: Reading): string =>
  `The clocks differ by ${Math.abs(skewOf(one))} seconds: this machine says ${instant(one.ours)}, the node says ${instant(one.theirs)}.`;

function whatBreaks(skew: number): string {
  const times = 'The record is compared with Vault’s audit log by time.';
  if (Math.abs(skew) < breakingSkewSeconds) return times;
  return `${times} Beyond that: by a wrong clock here, a good certificate looks expired or not valid yet, and a batch token seems to live ${skew > 0 ? 'longer' : 'shorter'} than it does; by a wrong clock there, Vault ends tokens too ${skew > 0 ? 'early' : 'late'}, and the nodes may refuse each other.`;
}

/** A certificate that will not be accepted for long, or that is accepted only because two people said so. */
export function certificateFinding(
  { node, peer, at }: Answered,
  trusted: readonly TrustedLeaf[] = [],
): Finding[] {
  if (!peer) return [];
  const days = Math.floor((Date.parse(peer.notAfter) - Date.parse(at)) / 86_400_000);
  if (days >= soonDays) return [];
  const until = peer.notAfter.slice(0, 10);
  if (days >= 0)
    return [
      {
        id: 'tls',
        level: 'warning',
        node,
        what: `The node’s certificate is valid until ${until}, for ${days} more ${days === 1 ? 'day' : 'days'}.`,
        why: 'An expired certificate closes the way to the node.',
        todo: 'Have it renewed.',
      },
    ];
  const by = trusted.find((one) => one.node === node && one.leaf === peer.leafFingerprint);
  if (!by) return [];
  return [
    {
      id: 'tls',
      level: 'warning',
      node,
      what: `The node’s certificate expired on ${until}. ${by.comparedBy.join(' and ')} trust exactly this one, for this ceremony only.`,
      why: 'Everything else about it was checked: who signed it, and whom it names. Another certificate of this node is refused.',
      todo: 'Have it renewed after the ceremony.',
    },
  ];
}

const instant = (seconds: number): string => new Date(seconds * 1000).toISOString();
