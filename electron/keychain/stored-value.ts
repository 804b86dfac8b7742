import { z } from 'zod';
import { Trouble } from '../../shared/problem.ts';
import { Secret } from '../../shared/secret.ts';
import type { KeptKind } from './keychain.ts';

/** What Windows Credential Manager takes, in bytes; it is the smallest of the three. */
export const longestStoredValue = 2560;

const storedSchema = z.strictObject({ v: z.literal(1), kind: z.string(), value: z.string() });

/**
 * A secret as it is kept: JSON, because libsecret cuts plain text at a NUL, with its kind, so that an
 * entry that is not what it should be is noticed.
 *
 * @throws Trouble `input.too-large` above 2,560 bytes.
 */
export function toStored(secret: Secret<KeptKind>): string {
  const text = JSON.stringify({ v: 1, kind: secret.kind, value: secret.expose() });
  const size = Buffer.byteLength(text, 'utf8');
  if (size <= longestStoredValue) return text;
  throw new Trouble({
    code: 'input.too-large',
    known: `This is ${size} bytes as it would be kept; a keychain takes ${longestStoredValue}.`,
    safe: 'Nothing was kept, and what was there before is unchanged.',
    next: 'Check that it is the right text, and only that.',
  });
}

/** What earlier versions called a kind: what they kept is read as well as their name allows. */
const earlierName: Readonly<Partial<Record<KeptKind, KeptKind>>> = {
  'root-token': 'dr-operation-token',
};

/** @throws Trouble `keychain.failed` when the text is not what `toStored` wrote for this kind. */
export function fromStored<K extends KeptKind>(text: string, kind: K): Secret<K> {
  const stored = storedSchema.safeParse(parseJson(text));
  const kinds: readonly (string | undefined)[] = [kind, earlierName[kind]];
  if (stored.success && kinds.includes(stored.data.kind)) return Secret.of(kind, stored.data.value);
  throw new Trouble({
    code: 'keychain.failed',
    known: 'A keychain entry of Keyturn holds something that Keyturn did not write.',
    safe: 'It was not used and not changed.',
    next: "Look at the entry with the system's own keychain tool. Without it, the step has to be begun again.",
    facts: { expected: kind },
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
