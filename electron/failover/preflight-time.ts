import type { Finding } from '../../shared/ceremony/findings.ts';
import type { Answered } from './preflight-cluster.ts';

/** Beyond this, times on the record and in Vault's audit log can no longer be laid side by side. */
const toleratedSkewSeconds = 30;
const soonDays = 30;

/** The node's clock against this machine's. Which of the two is wrong cannot be told from here. */
export function clockFinding({ node, health, at }: Answered): Finding[] {
  if (health.serverTimeUtc === undefined) return [];
  const ours = Math.floor(Date.parse(at) / 1000);
  const skew = health.serverTimeUtc - ours;
  if (Math.abs(skew) <= toleratedSkewSeconds) return [];
  return [
    {
      id: 'clock',
      level: 'warning',
      node,
      what: `The clocks differ by ${Math.abs(skew)} seconds: this machine says ${instant(ours)}, the node says ${instant(health.serverTimeUtc)}.`,
      why: 'Certificates and tokens are judged by the clock, and the record is compared with Vault’s audit log by time.',
      todo: 'Compare both with a third clock, and correct the wrong one.',
    },
  ];
}

/** A certificate that will not be accepted for long. An expired one never gets this far. */
export function certificateFinding({ node, peer, at }: Answered): Finding[] {
  if (!peer) return [];
  const days = Math.floor((Date.parse(peer.notAfter) - Date.parse(at)) / 86_400_000);

  if (days >= soonDays || days < 0) return [];
  return [
    {
      id: 'tls',
      level: 'warning',
      node,
      what: `The node’s certificate is valid until ${peer.notAfter.slice(0, 10)}, for ${days} more days.`,
      why: 'An expired certificate closes the way to the node.',
      todo: 'Have it renewed.',
    },
  ];
}

const instant = (seconds: number): string => new Date(seconds * 1000).toISOString();
