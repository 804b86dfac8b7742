import type { z } from 'zod';
import type { profileSchema } from '../../shared/profile.ts';
import type { siteReadingSchema } from '../../shared/topology/reading.ts';

/* Sites to look at: `?site=fine|mixed|away|six|two-primaries|many`. */
type ProfileText = z.input<typeof profileSchema>;
type Reading = z.input<typeof siteReadingSchema>;
type NodeText = Reading['nodes'][number];
type Facts = Extract<NodeText, { state: 'answers' }>['facts'];

const at = '2026-11-23T03:15:07.000Z';
const facts = (more: Partial<Facts>): Facts => ({
  at,
  initialized: true,
  sealed: false,
  active: false,
  standby: true,
  version: '1.17.3+ent',
  clockAheadMs: 400,
  seal: { type: 'awskms', recovery: true, threshold: 3, shares: 5, progress: 0 },
  unanswered: [],
  ...more,
});
const active = (more: Partial<Facts>): Facts => facts({ active: true, standby: false, ...more });
const answers = (node: string, told: Facts): NodeText => ({ state: 'answers', node, facts: told });
const silent = (node: string, last?: Facts): NodeText => ({
  state: 'silent',
  node,
  since: '2026-11-23T03:12:00.000Z',
  triedAt: at,
  problem: {
    code: 'vault.timeout',
    known: `${node} did not answer within 4 seconds.`,
    safe: 'Nothing was changed.',
    next: 'Check the way to it.',
  },
  ...(last ? { last } : {}),
});
const follows = (kind: 'dr' | 'performance', more: object = {}): Partial<Facts> => ({
  [`${kind}Mode`]: 'secondary',
  [kind]: {
    mode: 'secondary',
    state: 'stream-wals',
    connection: 'ready',
    secondaryId: 'dr-frankfurt',
    lastRemoteWal: 4201,
    otherEnds: [
      {
        address: 'https://vault-a-1.example.net:8200',
        connection: 'connected',
        lastHeartbeat: '2026-11-23T03:15:03.000Z',
        clockSkewMs: 12,
      },
    ],
    ...more,
  },
});
const leads: Partial<Facts> = {
  drMode: 'primary',
  performanceMode: 'primary',
  lastWal: 4213,
  dr: { mode: 'primary', state: 'running', lastShippedWal: 4213, otherEnds: [] },
  performance: { mode: 'primary', state: 'running', lastShippedWal: 4213, otherEnds: [] },
};

const others: ProfileText['others'] = [
  {
    name: 'payments-oslo',
    colour: 'blue',
    role: 'performance-secondary',
    nodes: ['https://vault-oslo-1.example.net:8200', 'https://vault-oslo-2.example.net:8200'],
  },
  {
    name: 'payments-oslo-dr',
    colour: 'green',
    role: 'dr-secondary',
    follows: 'payments-oslo',
    nodes: ['https://vault-oslo-dr-1.example.net:8200'],
  },
  {
    name: 'payments-lisbon',
    colour: 'rose',
    role: 'performance-secondary',
    nodes: ['https://vault-lisbon-1.example.net:8200'],
  },
  {
    name: 'payments-lisbon-dr',
    colour: 'amber',
    role: 'dr-secondary',
    follows: 'payments-lisbon',
    nodes: ['https://vault-lisbon-dr-1.example.net:8200'],
  },
];

/** The profiles as a site's scene wants them. */
export const profilesFor = (name: string, usual: readonly ProfileText[]): ProfileText[] => {
  const [first, ...rest] = usual;
  if (!first) return [];
  if (name === 'six') return [{ ...first, others }, ...rest];
  if (name !== 'many') return [...usual];
  return Array.from({ length: 200 }, (_, n) => ({
    ...first,
    id: `site-${n + 100}`,
    name: `site ${n}`,
  }));
};

/** What main would know of a profile. */
export function readingFor(name: string, profile: ProfileText, place: number): Reading {
  const nodes = [...profile.nodes];
  const [one = '', two = '', three = ''] = nodes;
  const [primary = ''] = profile.primaryNodes;
  const of = (...list: NodeText[]): Reading => ({
    profileId: profile.id,
    nodes: list.filter(({ node }) => node !== ''),
  });
  const down = [silent(primary, active(leads)), ...nodes.map((node) => silent(node))];
  switch (place % 3 === 2 ? 'away' : name) {
    case 'away':
      return of(...down);
    case 'mixed':
      return of(
        silent(primary, active(leads)),
        answers(one, active(follows('dr', { state: 'idle', connection: 'transient_failure' }))),
        answers(two, facts({ sealed: true, unanswered: ['sys/replication/status'] })),
        silent(three),
      );
    case 'two-primaries':
      return of(answers(primary, active(leads)), answers(one, active(leads)));
    default:
      return of(
        answers(primary, active(leads)),
        answers(one, active(follows('dr'))),
        answers(two, facts(follows('dr'))),
        answers(three, facts(follows('dr'))),
        ...(profile.others ?? []).flatMap((other, n) =>
          other.nodes.map((node, at) =>
            n === 3
              ? silent(node)
              : answers(
                  node,
                  (at === 0 ? active : facts)(
                    follows(other.role === 'dr-secondary' ? 'dr' : 'performance', {
                      state: n === 2 ? 'merkle-sync' : 'stream-wals',
                    }),
                  ),
                ),
          ),
        ),
      );
  }
}
