import type { EventOf } from '../../shared/ceremony/events.ts';
import { promoteStatement, statementNow, type Agreed } from '../../shared/ceremony/consent.ts';
import { factorAskedOf, signatureTries } from '../../shared/ceremony/in-force.ts';
import { Trouble } from '../../shared/problem.ts';
import type { Secret } from '../../shared/secret.ts';
import {
  checkOpenPgp,
  openPgpSignature,
  openPgpSigner,
  type OpenPgpIdentity,
} from '../transcript/openpgp.ts';
import { ruleTrouble } from './ceremony-log.ts';
import { provePin } from './pin.ts';
import type { Room } from './room.ts';

/** What the second person brings to Promote beside their name. */
export interface Factor {
  /** The one this person set at roster. */
  readonly pin?: Secret<'pin'> | undefined;
  /** Over the statement: armored and detached, or the statement signed as text. */
  readonly signature?: string | undefined;
  /** Whether `force` is agreed to. */
  readonly force: boolean;
}

export interface Proved {
  readonly proof: EventOf<'promote.intended'>['secondPersonProof'];
  readonly agreed?: Agreed;
}

/**
 * Puts the second person's public key on the record: Promote will ask for its signature.
 *
 * @throws Trouble `input.invalid` for a key that is private, expired, revoked, too weak or cannot sign.
 */
export async function setSigningKey(
  room: Room,
  person: string,
  publicKey: string,
): Promise<OpenPgpIdentity> {
  room.log.in('ready');
  const identity = await openPgpSigner(publicKey);
  const { key, fingerprint } = identity;
  await room.log.append({ type: 'signing-key.set', person, key, fingerprint });
  return identity;
}

/** What the person whose key was set has to sign now; `undefined` where none was. */
export function statementToSign(room: Room, force: boolean): Uint8Array | undefined {
  const { state, records } = room.log;
  const stated = statementNow(state, (seq) => records[seq - 1]?.head, force);
  return stated && promoteStatement(stated);
}

/**
 * The second person's own factor: the PIN or the signature settled at roster; else a typed name,
 * which the record calls what it is. A wrong one is on the record before anything is said.
 *
 * @throws Trouble `input.invalid` for a wrong or missing factor, `rule.not-now` where the site asks for
 *   one and none was set, and what `provePin` throws.
 */
export async function proveSecondPerson(
  room: Room,
  person: string,
  factor: Factor,
): Promise<Proved> {
  switch (factorAskedOf(room.log.state, person)) {
    case 'pin':
      await provePin(room, person, factor.pin);
      return { proof: 'PIN set at roster' };
    case 'signature':
      return {
        proof: 'OpenPGP signature over the head',
        agreed: await proveSignature(room, person, factor),
      };
    case 'missing':
      throw ruleTrouble(
        `This site requires a PIN or an OpenPGP key of the second person, and ${person} has set none.`,
      );
    case undefined:
      return { proof: 'name typed, not authenticated' };
  }
}

/** The key is the one on the record, and no other is asked; the statement is made here, not brought. */
async function proveSignature(room: Room, person: string, factor: Factor): Promise<Agreed> {
  const { state, records } = room.log;
  const stated = statementNow(state, (seq) => records[seq - 1]?.head, factor.force);
  if (!state.signingKey || !stated) throw ruleTrouble(`${person} has set no OpenPGP key.`);
  if (state.signingKey.refused >= signatureTries)
    throw ruleTrouble(
      `${signatureTries} signatures of ${person} did not fit, and no other is taken. A recorded deviation from the rule lets Promote go on with a typed name.`,
    );
  if (!factor.signature) throw new Trouble(missing(person));
  const { key, fingerprint } = state.signingKey.key;
  const bytes = Buffer.from(key, 'base64');
  await openPgpSigner(bytes); // It may have expired since the roster.
  const statement = promoteStatement(stated);
  const signature = await openPgpSignature(factor.signature, statement).catch(() => undefined);
  const answer =
    signature &&
    (await checkOpenPgp({
      line: records.length + 1,
      by: person,
      fingerprint,
      statement,
      key: bytes,
      signature,
    }));
  if (signature && answer === 'valid')
    return {
      seq: stated.seq,
      head: stated.head,
      signature: Buffer.from(signature).toString('base64'),
    };
  await room.log.append({ type: 'signature.refused', person });
  throw new Trouble(wrong(person, stated.seq, signatureTries - state.signingKey.refused - 1));
}

const missing = (person: string) =>
  ({
    code: 'input.invalid',
    known: `${person} set an OpenPGP key at roster, and no signature was brought.`,
    safe: 'Promote was not sent.',
    next: `${person} signs the statement shown on the promote page, and the signature is put in there.`,
  }) as const;

const wrong = (person: string, seq: number, left: number) =>
  ({
    code: 'input.invalid',
    known: `This is not a signature over the statement shown now (the head of line ${seq}), made with the key that ${person} set at roster. ${left === 1 ? '1 try is' : `${left} tries are`} left.`,
    safe: 'Promote was not sent. That a signature did not fit is on the record.',
    next: 'Save the statement again and sign exactly that file: the record may have gone on since the last one was saved.',
  }) as const;
