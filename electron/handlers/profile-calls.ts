import type { NodeReportView } from '../../shared/contract/guide.ts';
import { problemOf, Trouble } from '../../shared/problem.ts';
import type { Profile, ProfileDraft } from '../../shared/profile.ts';
import { lookAtCluster, type Answer } from '../failover/preflight-cluster.ts';
import { membersOf, siteOf } from '../../shared/topology/site.ts';
import { lookAtNode } from '../topology/look.ts';
import { parseNodeAddress } from '../vault/address.ts';
import type { Connection, VaultNode } from '../vault/connection.ts';
import { readEnvironment } from '../vault/environment.ts';
import type { GuideCalls, Office } from './handlers.ts';

/** Cluster profiles: kept, tested, pinned, taken over from the environment when a person asks. */
export function profileCalls({ settings, clusters }: Office): GuideCalls<'profiles'> {
  return {
    'profiles.list': async () => clusters.list(),
    'profiles.save': async ({ id, draft }) => settings.saveProfile(draft, id),
    'profiles.remove': async ({ id }) => settings.removeProfile(id),
    'profiles.pin': async ({ id, pins }) => settings.setPins(id, pins),
    'profiles.test': async ({ draft }) => {
      const connection = await clusters.connect(asProfile(draft), { timeoutMs: 8_000 });
      try {
        const [{ answers, findings, active, pins }, elsewhere] = await Promise.all([
          lookAtCluster(connection, draft),
          lookElsewhere(connection, draft),
        ]);
        return {
          nodes: [
            ...answers.map((answer) => nodeReport(answer, answer.node === active?.node)),
            ...elsewhere,
          ],
          findings: [...findings],
          ...(pins ? { pins } : {}),
        };
      } finally {
        connection.close();
      }
    },
    'profiles.way-back': async ({ id }) => clusters.makeWayBack(id, undefined),
    'profiles.from-environment': async () => {
      const { draft, notices } = await readEnvironment(process.env);
      return {
        draft,
        notices: notices.map(({ variable, text }) => ({ what: `${variable}: ${text}` })),
      };
    },
    'profiles.read-address': async ({ text }) => {
      const address = parseNodeAddress(text);
      if (!address.ok) throw new Trouble(address.problem);
      return address.value;
    },
  };
}

const asProfile = (draft: ProfileDraft): Omit<Profile, 'id'> => ({ ...draft, kind: 'real' });

function nodeReport(answer: Answer, leads: boolean): NodeReportView {
  if (!answer.answered) return { node: answer.node, answered: false, problem: answer.problem };
  const { node, health, peer } = answer;
  return {
    node,
    answered: true,
    version: health.version,
    mode: health.drMode,
    sealed: health.sealed,
    leads,
    certificateUntil: peer?.notAfter,
  };
}

/** The site's other clusters: asked only how they are, so that a wrong address or CA shows in daylight. */
async function lookElsewhere(
  connection: Connection,
  draft: ProfileDraft,
): Promise<NodeReportView[]> {
  const others = membersOf(siteOf(draft)).filter(({ promotable }) => !promotable);
  const reports = others.map(async ({ name, nodes }) => {
    const looks = await Promise.all(nodes.map((node) => reportOf(connection.node(node))));
    return looks.map((report) => ({ ...report, cluster: name }));
  });
  return (await Promise.all(reports)).flat();
}

async function reportOf(node: VaultNode): Promise<NodeReportView> {
  try {
    const { version, drMode, sealed } = await lookAtNode(node, 'short');
    const certificateUntil = node.lastPeer()?.notAfter;
    return { node: node.address, answered: true, version, mode: drMode, sealed, certificateUntil };
  } catch (thrown) {
    return { node: node.address, answered: false, problem: problemOf(thrown) };
  }
}
