import type { Finding } from '../../shared/ceremony/findings.ts';
import { problemOf } from '../../shared/problem.ts';
import type { Profile } from '../../shared/profile.ts';
import type { Check } from '../../shared/self-test.ts';
import { lookAtCluster } from '../failover/preflight-cluster.ts';
import type { Connection } from '../vault/connection.ts';
import { answersOf } from './check.ts';

const cluster = answersOf('cluster');

export type Connect = (
  profile: Profile,
  options: { readonly timeoutMs: number },
) => Promise<Connection>;

const patienceMs = 8_000;

/** Each saved cluster: its CA, and what its nodes say without a token. One answer a cluster, one after the other. */
export async function checkClusters(
  profiles: readonly Profile[],
  connect: Connect,
): Promise<Check[]> {
  const real = profiles.filter(({ kind }) => kind === 'real');
  if (real.length === 0)
    return [cluster.look('No cluster is saved.', 'Add it and test it in daylight: Clusters.')];
  const checks: Check[] = [];
  for (const profile of real) checks.push(await checkCluster(profile, connect));
  return checks;
}

async function checkCluster(profile: Profile, connect: Connect): Promise<Check> {
  const { name } = profile;
  try {
    const connection = await connect(profile, { timeoutMs: patienceMs });
    try {
      const { findings } = await lookAtCluster(connection, profile);
      return said(name, findings);
    } finally {
      connection.close();
    }
  } catch (thrown) {
    const { known, next } = problemOf(thrown);
    return cluster.stop(`${name}: ${known}`, next);
  }
}

function said(name: string, findings: readonly Finding[]): Check {
  const bad = findings.filter(({ level }) => level !== 'ok');
  if (bad.length === 0)
    return cluster.fine(`${name}: every node answers, under its CA, and is the cluster it was.`);
  const what = short(`${name}: ${bad.map((finding) => finding.what).join(' ')}`);
  const todo = short(bad.map((finding) => finding.todo).join(' '));
  if (bad.some(({ level }) => level === 'stop')) return cluster.stop(what, todo);
  return bad.some(({ level }) => level === 'unknown')
    ? cluster.unknown(what, todo)
    : cluster.look(what, todo);
}

const short = (text: string): string => (text.length > 1900 ? `${text.slice(0, 1900)} …` : text);
