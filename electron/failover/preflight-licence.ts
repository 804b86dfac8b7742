import type { Finding } from '../../shared/ceremony/findings.ts';
import type { Answered } from './preflight-cluster.ts';

const soonDays = 30;

/** The Enterprise licence as the node's health shows it (§3.1). */
export function licenceFinding({ node, health, at }: Answered): Finding[] {
  const { licence } = health;
  const why =
    'A promotion restarts parts of Vault, and a node without a valid licence may not come back from a restart.';
  if (licence?.terminated)
    return [
      {
        id: 'licence',
        level: 'warning',
        node,
        what: 'The licence has ended (terminated).',
        why,
        todo: 'Load a valid licence on every node, by file or environment, before Promote.',
      },
    ];
  const until = Date.parse(licence?.expiryTime ?? '');
  if (!licence || Number.isNaN(until)) {
    // A sealed node and a community server have none to show.
    if (health.sealed || health.enterprise === false) return [];
    return [
      {
        id: 'licence',
        level: 'unknown',
        node,
        what: 'The node does not show until when its licence is valid.',
        why,
        todo: 'Ask whoever keeps the licence, or read it on the primary (vault license get).',
      },
    ];
  }
  const days = Math.floor((until - Date.parse(at)) / 86_400_000);
  const date = new Date(until).toISOString().slice(0, 10);
  if (days >= soonDays)
    return [
      {
        id: 'licence',
        level: 'ok',
        node,
        what: `The licence is valid until ${date}.`,
        why,
        todo: 'Nothing.',
      },
    ];
  return [
    {
      id: 'licence',
      level: 'warning',
      node,
      what:
        days < 0
          ? `The licence expired on ${date}.`
          : `The licence is valid until ${date}, for ${days} more days.`,
      why,
      todo: 'Have it renewed, and load it on every node: before Promote where it has expired.',
    },
  ];
}
