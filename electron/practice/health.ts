import type { Cluster, Member } from './cluster.ts';
import { performanceMode } from './performance.ts';
import { refuse, wrongMethod, type Reply } from './reply.ts';
import type { PracticeRequest } from './request.ts';

/** Query parameters that choose a state's status, and the defaults (§3.1). */
const codes = {
  activecode: 200,
  standbycode: 429,
  drsecondarycode: 472,
  performancestandbycode: 473,
  haunhealthycode: 474,
  uninitcode: 501,
  sealedcode: 503,
  removedcode: 530,
} as const;
type Code = keyof typeof codes;

/** `GET|HEAD sys/health`: each node answers for itself, whatever its state. */
export function health(cluster: Cluster, member: Member, request: PracticeRequest): Reply {
  if (request.method !== 'GET' && request.method !== 'HEAD') return wrongMethod();
  for (const code of ['standbyok', 'perfstandbyok']) {
    if (!['', 'true', 'false', '1', '0', null].includes(request.query.get(code))) {
      return refuse(400);
    }
  }
  for (const name of Object.keys(codes)) {
    const given = request.query.get(name);
    if (given !== null && !/^[2-5][0-9]{2}$/.test(given)) return refuse(400);
  }
  const code = stateOf(cluster, member, request.query);
  const given = request.query.get(code);
  return { status: given === null ? codes[code] : Number(given), json: body(cluster, member) };
}

/** Vault's order: uninitialised, sealed, DR secondary (standbys too), standby, active. */
function stateOf(cluster: Cluster, member: Member, query: URLSearchParams): Code {
  if (!cluster.initialised) return 'uninitcode';
  if (cluster.isSealed(member)) return 'sealedcode';
  if (cluster.mode === 'secondary') return 'drsecondarycode';
  if (member === cluster.leader) return 'activecode';
  const standbyOk = ['', 'true', '1'].includes(query.get('standbyok') ?? 'false');
  return standbyOk ? 'activecode' : 'standbycode';
}

function body(cluster: Cluster, member: Member): Readonly<Record<string, unknown>> {
  const { world } = cluster;
  const sealed = cluster.isSealed(member);
  const active = !sealed && member === cluster.leader;
  return {
    initialized: cluster.initialised,
    sealed,
    standby: !active,
    performance_standby: false,
    replication_performance_mode: sealed ? 'unknown' : performanceMode(cluster),
    replication_dr_mode: sealed ? 'unknown' : cluster.mode,
    server_time_utc: Math.floor(cluster.clockOf(member).getTime() / 1000),
    version: `${cluster.version.text}+ent`,
    enterprise: true,
    ...(sealed ? {} : { cluster_name: cluster.name, cluster_id: cluster.ownId }),
    ...(active ? { last_wal: cluster.wal } : {}),
    license: {
      state: 'autoloaded',
      expiry_time: world.licence.expiresAt.toISOString(),
      terminated: world.licence.expiresAt <= world.clock.now(),
    },
    echo_duration_ms: 0,
    clock_skew_ms: 0,
    replication_primary_canary_age_ms: cluster.isConnected ? 400 : 0,
  };
}
