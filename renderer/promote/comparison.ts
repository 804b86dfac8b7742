import type { PromoteContext } from './main.ts';

/** What the server says of itself, beside what it should say. */
export interface Compared {
  readonly name: string;
  readonly reported: string;
  readonly expected: string;
  readonly verdict: 'matches' | 'differs' | 'not reported' | 'not pinned' | 'no expectation';
}

/**
 * The server's report line by line. A primary and its DR secondary share their cluster id, so mode
 * and secondary id are compared too.
 */
export function comparison({
  server,
  pinned,
}: Pick<PromoteContext, 'server' | 'pinned'>): readonly Compared[] {
  return [
    { ...line('Mode', server.mode, 'secondary'), verdict: modeVerdict(server.mode) },
    line('Cluster id', server.clusterId, pinned?.clusterId),
    line('Secondary id', server.secondaryId, pinned?.secondaryId),
    told('State', server.state),
    told('Vault version', server.version),
    told('Node asked', server.node),
  ];
}

const modeVerdict = (mode: string): Compared['verdict'] =>
  /\bsecondary\b/i.test(mode) ? 'matches' : 'differs';

function line(name: string, reported: string | undefined, expected: string | undefined): Compared {
  return {
    name,
    reported: reported ?? '–',
    expected: expected ?? '–',
    verdict: verdictOf(reported, expected),
  };
}

function verdictOf(
  reported: string | undefined,
  expected: string | undefined,
): Compared['verdict'] {
  if (expected === undefined) return 'not pinned';
  if (reported === undefined) return 'not reported';
  return reported === expected ? 'matches' : 'differs';
}

const told = (name: string, reported: string | undefined): Compared => ({
  name,
  reported: reported ?? 'not reported',
  expected: '',
  verdict: 'no expectation',
});
