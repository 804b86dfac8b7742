import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { pinTries } from '../../shared/ceremony/in-force.ts';
import { samePerson } from '../../shared/ceremony/people.ts';
import { shortestPin } from '../../shared/contract/isolated.ts';
import { Trouble } from '../../shared/problem.ts';
import { Secret } from '../../shared/secret.ts';
import { ruleTrouble } from './ceremony-log.ts';
import type { Room } from './room.ts';

/** Memory-hard on purpose: 32 MiB and a good part of a second for each guess at a stolen entry. */
const cost = { N: 32_768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } as const;

const verifierSchema = z.strictObject({
  v: z.literal(1),
  salt: z.base64(),
  /** scrypt (RFC 7914) with the cost above, 32 bytes. */
  hash: z.base64(),
});

/**
 * Keeps the second person's PIN for this ceremony: only its scrypt hash with a salt, in the keychain.
 * It goes with the ceremony's other secrets.
 *
 * @throws Trouble `input.invalid` for a PIN that is too short, `keychain.*` where it cannot be kept.
 */
export async function setPin(room: Room, person: string, pin: Secret<'pin'>): Promise<void> {
  room.log.in('ready');
  if (pin.expose().length < shortestPin) throw new Trouble(tooShort);
  const salt = randomBytes(16);
  const hash = await derive(pin, salt);
  const kept = { v: 1, salt: salt.toString('base64'), hash: hash.toString('base64') };
  await room.secrets.keepPin(Secret.of('pin-verifier', JSON.stringify(kept)));
  await room.log.append({ type: 'pin.set', person });
}

/**
 * Compares the PIN entered at Promote with the one set at roster. A wrong one is on the record
 * before anything is said, so that a restart gives no tries back.
 *
 * @throws Trouble `input.invalid` for a wrong or missing one, `rule.not-now` once the tries are used
 *   up, `keychain.*` where the kept one cannot be read.
 */
export async function provePin(
  room: Room,
  person: string,
  pin: Secret<'pin'> | undefined,
): Promise<void> {
  const { pin: set } = room.log.state;
  if (!set || !samePerson(set.person, person)) throw ruleTrouble(`${person} has set no PIN.`);
  if (set.refused >= pinTries)
    throw ruleTrouble(
      `The PIN of ${set.person} was wrong ${pinTries} times and is of no use any more. A recorded deviation from the rule lets Promote go on with a typed name.`,
    );
  if (!pin) throw new Trouble(missing(set.person));
  const kept = await room.secrets.pin();
  if (!kept) throw new Trouble(lost(set.person));
  if (await fits(pin, kept)) return;
  await room.log.append({ type: 'pin.refused', person: set.person });
  throw new Trouble(wrong(set.person, pinTries - set.refused - 1));
}

async function fits(pin: Secret<'pin'>, kept: Secret<'pin-verifier'>): Promise<boolean> {
  const { salt, hash } = verifierSchema.parse(JSON.parse(kept.expose()));
  const known = Buffer.from(hash, 'base64');
  const given = await derive(pin, Buffer.from(salt, 'base64'));
  return known.length === given.length && timingSafeEqual(known, given);
}

/** Two keyboards may compose the same letters differently: NFKC makes them one. */
const derive = (pin: Secret<'pin'>, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(pin.expose().normalize('NFKC'), salt, 32, cost, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });

const tooShort = {
  code: 'input.invalid',
  known: `A PIN has at least ${shortestPin} characters.`,
  safe: 'No PIN was kept.',
  next: 'Choose a longer one.',
} as const;

const missing = (person: string) =>
  ({
    code: 'input.invalid',
    known: `${person} set a PIN at roster, and none was entered.`,
    safe: 'Promote was not sent.',
    next: `${person} enters the PIN on the promote page.`,
  }) as const;

const wrong = (person: string, left: number) =>
  ({
    code: 'input.invalid',
    known: `This is not the PIN that ${person} set at roster. ${left === 1 ? '1 try is' : `${left} tries are`} left.`,
    safe: 'Promote was not sent. The wrong PIN is on the record as an event, without the PIN.',
    next: `${person} enters it again, or the deviation is recorded and a name is typed.`,
  }) as const;

const lost = (person: string) =>
  ({
    code: 'keychain.entry-missing',
    known: `The PIN of ${person} is no longer in the keychain.`,
    safe: 'Promote was not sent.',
    next: 'Record a deviation from the rule about the second person’s PIN; a typed name then goes on the record.',
  }) as const;
