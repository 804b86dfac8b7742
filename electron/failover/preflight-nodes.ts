import { expiredLeafOf, type Finding } from '../../shared/ceremony/findings.ts';
import type { NodeAddress } from '../../shared/ids.ts';
import type { Problem } from '../../shared/problem.ts';
import { shareWord, type Seal } from '../../shared/profile.ts';
import type { Answer, Answered } from './preflight-cluster.ts';

/** Each node: does it answer, and if not, why. */
export function reachFindings(answers: readonly Answer[]): Finding[] {
  const anyThere = answers.some((answer) => answer.answered);
  return answers.map((answer): Finding => {
    if (answer.answered)
      return {
        id: 'reachable',
        level: 'ok',
        node: answer.node,
        what: 'The node answers over TLS with an accepted certificate.',
        why: 'Shares and tokens go to no other address than the ones in the profile.',
        todo: 'Nothing.',
      };
    const tls = ['vault.certificate', 'vault.clock', 'vault.tls', 'profile.pin-mismatch'].includes(
      answer.problem.code,
    );
    const expired = expiredLeafOf(answer.node, answer.problem);
    return {
      id: tls ? 'tls' : 'reachable',
      level: tls || !anyThere ? 'stop' : 'warning',
      node: answer.node,
      what: withFacts(answer.problem),
      why: anyThere
        ? 'Another node answers. The attempt lives in the memory of the active node only.'
        : 'Without one node that answers nothing can be started.',
      todo: expired
        ? 'Compare this machine’s clock with a watch, and have the certificate of that node replaced. Where nobody can tonight, two people may trust exactly this certificate for this ceremony, further below.'
        : answer.problem.next,
      ...(expired ? { expired } : {}),
    };
  });
}

/** A problem's sentence with its readings behind it: two clocks, an address. */
export function withFacts({ known, facts }: Problem): string {
  const readings = Object.entries(facts ?? {}).filter(([name]) => name !== 'address');
  if (readings.length === 0) return known;
  return `${known} (${readings.map(([name, value]) => `${name}: ${value}`).join('; ')})`.slice(
    0,
    2000,
  );
}

/** A sealed or empty node makes no token. Each is unsealed by itself, with the primary's keys (§1.6). */
export function sealFinding({ node, health, seal }: Answered, primary: Seal): Finding[] {
  const why = 'A token can only be made on an unsealed node.';
  if (!health.initialized)
    return [
      {
        id: 'unsealed',
        level: 'stop',
        node,
        what: 'The node is not initialised: it is an empty Vault.',
        why,
        todo: 'Check the address: a DR secondary is initialised.',
      },
    ];
  if (!health.sealed) return [];
  const unsealsItself = seal?.recoverySeal === true || (seal?.type ?? 'shamir') !== 'shamir';
  const given =
    !unsealsItself && seal?.progress
      ? ` ${seal.progress} of ${seal.threshold ?? '?'} keys are in.`
      : '';
  return [
    {
      id: 'unsealed',
      level: 'warning',
      node,
      what: `The node is sealed.${given}`,
      why,
      todo: unsealsItself
        ? `Restore the node’s access to its KMS or HSM (${seal?.type ?? 'not shown'}): it then unseals itself, at the latest after a restart. Recovery keys cannot unseal. Then check again.`
        : `Unseal first, node by node: the holders give the primary’s ${shareWord(primary)}s on each sealed node (vault operator unseal, with -address of that node). Then check again.`,
    },
  ];
}

/** Who leads, or why that is not known. */
export function leaderFindings(
  nodes: readonly NodeAddress[],
  there: readonly Answered[],
  active: Answered | undefined,
): Finding[] {
  const why =
    'An attempt lives in the memory of the active node’s process. It stays on that node’s own address, never on a load balancer’s.';
  if (active)
    return [
      {
        id: 'leader',
        level: 'ok',
        node: active.node,
        what: 'This node leads the cluster. The attempt will stay on it.',
        why,
        todo: 'Nothing.',
      },
    ];
  if (there.length === 0) return [];
  const elsewhere = there
    .map((answer) => answer.leader?.leaderAddress)
    .find((address) => address && !nodes.some((node) => node === address));
  return [
    {
      id: 'leader',
      level: 'stop',
      what: elsewhere
        ? `The nodes name ${elsewhere} as their leader, and the profile does not know that address.`
        : 'No node says that it leads the cluster.',
      why,
      todo: elsewhere
        ? `If ${elsewhere} is a node of this cluster, add it to the profile and run preflight again.`
        : 'Unseal a node, or wait until the cluster has chosen a leader. Then run preflight again.',
    },
  ];
}
