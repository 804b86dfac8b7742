import { base64, utf8 } from '@scure/base';
import { z } from 'zod';
import { digestSchema, type CeremonyId, type Digest } from '../ids.ts';
import { canonical } from '../transcript/canonical.ts';
import type { Agreement, HeadOf } from '../transcript/kind.ts';
import type { CeremonyEvent, EventOf, EventType } from './events.ts';
import { samePerson } from './people.ts';
import type { CeremonyState } from './state.ts';

/*
 * The second person agrees to Promote with an OpenPGP signature over the head of the record. The head
 * stands for everything that was written so far: which cluster, who was there, how the old primary is
 * fenced. A note or a screen lock changes none of that, so what is signed is the head left by the last
 * event that does; whatever changes it later makes the signature one for another record.
 */

const base64Text = z
  .string()
  .max(90_000)
  .refine((text) => isBase64(text));

/** A person's public key as it stands on a record: no private part, no certifications by others. */
export const signingKeySchema = z.strictObject({
  /** The transferable public key, binary, base64. */
  key: base64Text,
  /** Of the primary key, lower-case hex: 40 digits (v4) or 64 (v6). */
  fingerprint: z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/),
});
export type SigningKey = z.infer<typeof signingKeySchema>;

/** What was signed, and the signature. The rest of the statement follows from the record. */
export const agreedSchema = z.strictObject({
  /** The line whose head was signed. */
  seq: z.int().min(1),
  head: digestSchema,
  /** Detached, over the statement, binary, base64. */
  signature: base64Text,
});
export type Agreed = z.infer<typeof agreedSchema>;

/** Whether what was agreed to still stands after such an event: it tells, and changes nothing. */
export function stands(type: EventType): boolean {
  switch (type) {
    case 'note.added':
    case 'interrupted':
    case 'resumed':
    case 'step.signed-off':
    case 'pin.refused':
    case 'signature.refused':
    case 'watch.observed':
      return true;
    default:
      return false;
  }
}

/** The first line of every such statement: no signature for another purpose can pass for this one. */
const domain = 'keyturn promote statement v1\n';

/** All that the second person signs. */
export interface PromoteStatement {
  readonly record: CeremonyId;
  readonly cluster: string;
  readonly operator: string;
  readonly person: string;
  /** Of the key that signs. */
  readonly fingerprint: string;
  readonly seq: number;
  readonly head: Digest;
  /** Whether `force` is agreed to. */
  readonly force: boolean;
}

/** The bytes to sign. Two lines, no line feed at the end. */
export function promoteStatement(statement: PromoteStatement): Uint8Array {
  const { record, cluster, operator, person, fingerprint, seq, head, force } = statement;
  const body = { v: 1, record, cluster, operator, person, fingerprint, seq, head, force };
  return utf8.decode(domain + canonical(body));
}

/**
 * What this second person has to sign now.
 *
 * @param headOf the head that a line of the record left.
 * @returns `undefined` where they have set no key, or the ceremony is not before Promote.
 */
export function statementNow(
  state: CeremonyState,
  headOf: (seq: number) => Digest | undefined,
  force: boolean,
): PromoteStatement | undefined {
  const head = headOf(state.agreedSeq);
  if (!state.signingKey || !('roster' in state) || !state.roster || !head) return undefined;
  const { person, key } = state.signingKey;
  return {
    record: state.id,
    cluster: state.cluster.name,
    operator: state.roster.operator,
    person,
    fingerprint: key.fingerprint,
    seq: state.agreedSeq,
    head,
    force,
  };
}

/** What is wrong with the signature that a promote stands on, as far as names and places go. */
export function faultOfAgreed(
  state: CeremonyState,
  event: EventOf<'promote.intended'>,
): string | undefined {
  const { secondPersonProof, secondPerson, agreed } = event;
  if (secondPersonProof !== 'OpenPGP signature over the head')
    return agreed ? 'A signature stands at Promote that its proof does not name.' : undefined;
  if (!agreed) return 'The signature over the head is missing.';
  if (!state.signingKey || !samePerson(state.signingKey.person, secondPerson))
    return `${secondPerson} has set no OpenPGP key.`;
  return agreed.seq === state.agreedSeq
    ? undefined
    : `The signature is over line ${agreed.seq}, and line ${state.agreedSeq} changed what was agreed to.`;
}

/**
 * The signature that a promote stands on, for whoever checks it with OpenPGP. Without a key, or over
 * another line, there is none: then the rules say what is wrong.
 */
export function agreementOf(
  event: CeremonyEvent,
  state: CeremonyState | undefined,
  headOf: HeadOf,
): Agreement | 'signature-head' | undefined {
  if (event.type !== 'promote.intended' || event.agreed === undefined) return undefined;
  const { seq, head, signature } = event.agreed;
  if (head !== headOf(seq)) return 'signature-head';
  const stated = state && statementNow(state, headOf, event.force !== undefined);
  if (!state?.signingKey || stated?.seq !== seq) return undefined;
  return {
    by: stated.person,
    fingerprint: stated.fingerprint,
    seq,
    statement: promoteStatement(stated),
    key: base64.decode(state.signingKey.key.key),
    signature: base64.decode(signature),
  };
}

function isBase64(text: string): boolean {
  try {
    return base64.decode(text).length > 0;
  } catch {
    return false;
  }
}
