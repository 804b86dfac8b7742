import { createHash, generateKeyPairSync, sign as signWith, type KeyObject } from 'node:crypto';
import type { CeremonyEvent, Recorded } from '../../shared/ceremony/events.ts';
import { apply } from '../../shared/ceremony/fold.ts';
import { digestSchema, type CeremonyId, type Digest } from '../../shared/ids.ts';
import { genesis, sealEntry } from '../../shared/transcript/entry.ts';
import {
  identityOf,
  signatureLine,
  statementOf,
  type PublicIdentity,
} from '../../shared/transcript/signature.ts';
import { everyEvent, opened, record } from './events.ts';

export const sha256 = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

export interface TestSigner {
  readonly identity: PublicIdentity;
  readonly privateKey: KeyObject;
}

export function newSigner(): TestSigner {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  return { identity: identityOf(spki, sha256), privateKey };
}

/** The lines of a journal with these events, a second apart unless `at` says otherwise. */
export function journalLines(
  events: readonly unknown[],
  at: (i: number) => string = (i) => record(i + 1, opened).at,
): string[] {
  let prev: Digest = genesis;
  return events.map((event, i) => {
    const line = sealEntry({ seq: i + 1, at: at(i), prev, event }, sha256);
    prev = hashOf(line);
    return line;
  });
}

/** The hash at the end of a journal's line. */
export const hashOf = (line: string): Digest =>
  digestSchema.parse(
    /"hash":"([0-9a-f]{64})","prev":"[0-9a-f]{64}","seq":\d+,"v":\d+\}$/.exec(line)?.[1],
  );

/** A signature line over the first `seq` of these lines. */
export function signed(
  lines: readonly string[],
  signer: TestSigner,
  options: { seq?: number; at?: string; id?: CeremonyId } = {},
): string {
  const seq = options.seq ?? lines.length;
  const { key, fingerprint } = signer.identity;
  const unsigned = {
    v: 1 as const,
    record: options.id ?? opened.id,
    seq,
    head: hashOf(lines[seq - 1] ?? ''),
    at: options.at ?? '2026-11-23T09:00:00.000Z',
    kind: 'ed25519' as const,
    key,
    fingerprint,
  };
  return signatureLine(unsigned, signWith(null, statementOf(unsigned), signer.privateKey));
}

export const fileOf = (...lines: readonly string[]): Buffer =>
  Buffer.from(lines.map((line) => `${line}\n`).join(''));

/** A ceremony that goes as these numbers say, by the rules: for random walks. */
export function walked(steps: readonly { pick: number; small: number }[]): Recorded[] {
  const records = [record(1, opened)];
  const first = apply(undefined, record(1, opened));
  if (!first.ok) throw new Error(first.reason);
  let { state } = first;
  for (const { pick, small } of steps) {
    const seq = records.length + 1;
    const may = everyEvent(state, small).filter(
      (event) => event.type !== 'ceremony.ended' && apply(state, record(seq, event)).ok,
    );
    const event: CeremonyEvent | undefined = may[pick % may.length];
    if (event === undefined) break;
    const step = apply(state, record(seq, event));
    if (!step.ok) throw new Error(step.reason);
    records.push(record(seq, event));
    state = step.state;
  }
  return records;
}
