import type { Finding } from '../../shared/ceremony/findings.ts';
import { lagOf, type Comparison, type Lag } from '../../shared/ceremony/lag.ts';
import type { ReplicationSection } from '../vault/replication-section.ts';
import { ageInWords } from './ages.ts';
import type { PrimaryLook } from './primary.ts';

/** What of the primary's writes had not arrived: known, stale, or not to be known. */
export function lagFinding(
  dr: ReplicationSection,
  primary: PrimaryLook,
  last: Comparison | undefined,
  now: number,
): Finding {
  const primaryWal = primary.dr?.lastDrWal ?? primary.dr?.lastWal;
  return said(lagOf(dr, primaryWal, last, now), dr);
}

/** What is worth keeping for the night when the primary cannot be asked: both sides read at once. */
export function comparisonOf(
  dr: ReplicationSection | undefined,
  primary: PrimaryLook,
  at: string,
): Comparison | undefined {
  const primaryWal = primary.dr?.lastDrWal ?? primary.dr?.lastWal;
  if (dr?.state !== 'stream-wals' || !dr.lastRemoteWal || primaryWal === undefined)
    return undefined;
  const version = primary.active?.health?.version;
  return {
    at,
    primaryWal,
    secondaryWal: dr.lastRemoteWal,
    ...(version ? { primaryVersion: version.slice(0, 60) } : {}),
  };
}

const why = 'What the secondary has not received is lost with the promotion.';

function said(lag: Lag, dr: ReplicationSection): Finding {
  switch (lag.kind) {
    case 'known':
      return {
        id: 'lag',
        level: lag.behind === 0 ? 'ok' : 'warning',
        what:
          lag.behind === 0
            ? 'Lag known: the secondary has every write that the primary counts now.'
            : `Lag known: the secondary is ${writes(lag.behind)} behind the primary now.`,
        why,
        todo:
          lag.behind === 0
            ? 'Nothing.'
            : 'Where the primary can be demoted first, wait until nothing is missing. Then check again.',
      };
    case 'stale':
      return {
        id: 'lag',
        level: lag.behind === 0 ? 'unknown' : 'warning',
        what: `Lag stale: the primary was last read on ${minute(lag.at)}, ${ageInWords(lag.ageMs)} ago. Of what it had written by then, ${lag.behind === 0 ? 'everything has arrived' : `${writes(lag.behind)} ${lag.behind === 1 ? 'is' : 'are'} missing`}. What it wrote since cannot be known from here.`,
        why,
        todo: 'Look for a newer reading in the monitoring, and tell the owner of the service from when on writes may be lost.',
      };
    case 'unknowable':
      return {
        id: 'lag',
        level: 'unknown',
        what: `Lag unknowable: ${because(lag.why, dr)} ${before(lag.last)}`,
        why,
        todo: 'Look for the last reading in the monitoring. Nobody can promise how much is lost.',
      };
  }
}

function because(reason: Extract<Lag, { kind: 'unknowable' }>['why'], dr: ReplicationSection) {
  switch (reason) {
    case 'not-streaming':
      return `the secondary is in the state "${dr.state ?? 'not shown'}", and its position counts only in "stream-wals".`;
    case 'no-position':
      return 'the secondary does not show which write it received last.';
    case 'primary-never-read':
      return `the primary cannot be read now, and was never read before with this profile. The last write received is number ${dr.lastRemoteWal ?? 'not shown'}.`;
  }
}

const before = (last: Extract<Lag, { kind: 'unknowable' }>['last']): string =>
  last
    ? `The last comparison, on ${minute(last.at)} (${ageInWords(last.ageMs)} ago), found ${last.behind === 0 ? 'nothing' : writes(last.behind)} missing.`
    : 'They were never compared before.';

const writes = (count: number): string =>
  `${count.toLocaleString('en')} ${count === 1 ? 'write' : 'writes'}`;

const minute = (at: string): string => `${at.slice(0, 10)} at ${at.slice(11, 16)} UTC`;
