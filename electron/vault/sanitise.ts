import type { Secret } from '../../shared/secret.ts';

/** Characters of an echo that must coincide before it counts as a piece of a secret. */
const gram = 8;
const readAtMost = 4096;
const mark = '[redacted]';

/**
 * Text from a server as it may be shown and recorded: control, format and line-breaking characters
 * become spaces, and it is cut at `limit` characters.
 */
export function cleanText(text: string, limit = 500): string {
  const plain = text
    .slice(0, readAtMost)
    // A terminal's colours whole, so that their letters do not stay behind.
    .replace(/(?:\p{Cc}\[|\u009b)[0-?]*[ -/]*[@-~]/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  return plain.length <= limit ? plain : `${plain.slice(0, limit - 1)}…`;
}

/** Cleans a server's text, cut at `limit` characters (500 unless told). */
export type Redact = (text: string, limit?: number) => string;

/**
 * Makes the function that cleans a server's text of every secret the request carried: as sent, in
 * base64, hex or Go's byte list, in part, in another case, or with separators put in between.
 * It is meant for servers that echo what they were sent. One that wants to disguise a secret it
 * already holds cannot be stopped here.
 */
export function redactor(secrets: readonly Secret[]): Redact {
  let pieces: Pieces | undefined;
  return (text, limit = 500) => {
    pieces ??= piecesOf(secrets);
    const cleaned = cleanText(text, readAtMost);
    const withoutTokens = cleaned.replace(/\b(?:hv[sbr]|[sbr])\.[\w-]{20,}/g, mark);
    return cleanText(strike(withoutTokens, pieces), limit);
  };
}

/** Every run of `gram` letters that betrays a secret, by its length (a short secret's is its own). */
type Pieces = ReadonlyMap<number, ReadonlySet<string>>;

function piecesOf(secrets: readonly Secret[]): Pieces {
  const pieces = new Map<number, Set<string>>();
  for (const secret of secrets) {
    for (const form of formsOf(secret.expose().trim())) addPieces(pieces, lettersOf(form));
  }
  return pieces;
}

function* formsOf(secret: string): Generator<string> {
  yield secret;
  yield* encodingsOf(Buffer.from(secret, 'utf8'));
  // A share is itself hex or base64: a server may print the bytes behind it another way.
  if (/^([0-9a-f]{2})+$/i.test(secret)) yield* encodingsOf(Buffer.from(secret, 'hex'));
  yield* encodingsOf(Buffer.from(secret, 'base64'));
}

function* encodingsOf(bytes: Buffer): Generator<string> {
  yield bytes.toString('hex');
  yield bytes.join(' ');
  // Inside a longer text the same bytes look different at each of base64's three alignments.
  for (const before of [0, 1, 2]) {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    yield text.slice(
      before === 0 ? 0 : before + 1,
      (bytes.length + before) % 3 === 0 ? undefined : -1,
    );
  }
}

function addPieces(pieces: Map<number, Set<string>>, letters: string): void {
  const length = Math.min(gram, letters.length);
  if (length < 4) return;
  const set = pieces.get(length) ?? new Set<string>();
  for (let at = 0; at + length <= letters.length; at += 1) set.add(letters.slice(at, at + length));
  pieces.set(length, set);
}

/** Letters and digits only, in lower case. */
const lettersOf = (text: string): string => text.replace(/[^a-z0-9]/gi, '').toLowerCase();

function strike(text: string, pieces: Pieces): string {
  const letters = lettersOf(text);
  const places = [...text.matchAll(/[a-z0-9]/gi)].map((match) => match.index);
  const struck = new Set<number>();
  for (const [length, set] of pieces) {
    for (let at = 0; at + length <= letters.length; at += 1) {
      if (!set.has(letters.slice(at, at + length))) continue;
      // Separators between two struck letters go too.
      const from = places[at] ?? 0;
      const to = places[at + length - 1] ?? from;
      for (let place = from; place <= to; place += 1) struck.add(place);
    }
  }
  let result = '';
  for (let at = 0; at < text.length; at += 1) {
    if (!struck.has(at)) result += text.charAt(at);
    else if (!struck.has(at - 1)) result += mark;
  }
  return result;
}
