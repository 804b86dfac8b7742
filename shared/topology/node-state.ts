import type { Finding } from '../ceremony/findings.ts';
import type { NodeAddress } from '../ids.ts';
import type { ProblemCode } from '../problem.ts';
import type { NodeFacts, NodeReading, SiteReading } from './reading.ts';

/** A state in a word, for a colour and a shape to stand beside. */
export interface Shown {
  readonly level: Finding['level'];
  readonly word: string;
}

/** One node in a word. Silence is never called anything but "not visible from here". */
export function nodeState(reading: NodeReading | undefined): Shown {
  if (reading === undefined) return { level: 'unknown', word: 'Not looked at yet' };
  return reading.state === 'answers' ? answering(reading.facts) : silence(reading.problem.code);
}

function answering(facts: NodeFacts): Shown {
  if (facts.removed === true) return { level: 'warning', word: 'Removed from its cluster' };
  if (!facts.initialized) return { level: 'warning', word: 'Not initialised' };
  if (facts.sealed) return { level: 'warning', word: 'Sealed' };
  if (facts.active) return { level: 'ok', word: 'Active' };
  return {
    level: 'ok',
    word: facts.performanceStandby === true ? 'Performance standby' : 'Standby',
  };
}

function silence(code: ProblemCode): Shown {
  switch (code) {
    case 'vault.certificate':
    case 'vault.tls':
    case 'vault.clock':
    case 'profile.pin-mismatch':
      return { level: 'warning', word: 'Certificate not accepted' };
    case 'profile.invalid':
      return { level: 'warning', word: 'Cannot be asked' };
    case 'vault.not-vault':
      return { level: 'warning', word: 'Answers, but not as Vault' };
    case 'vault.refused':
    case 'vault.reset':
    case 'vault.timeout':
    case 'vault.name-not-resolved':
      return { level: 'unknown', word: 'Not visible from here' };
    default:
      return { level: 'warning', word: 'Answers with an error' };
  }
}

/** A site's readings by address. */
export type Readings = ReadonlyMap<NodeAddress, NodeReading>;
export const readingsOf = (site: SiteReading | undefined): Readings =>
  new Map(site?.nodes.map((reading) => [reading.node, reading]));
