import { isWholeText } from '../whole-text.ts';

/**
 * A JSON value in its one canonical form (RFC 8785): keys sorted by UTF-16 code units, no white
 * space, numbers and strings as ECMAScript writes them. Two equal values give the same text, so a
 * hash over it is a hash over the value.
 *
 * A property that is `undefined` is absent, as in `JSON.stringify`.
 *
 * @throws TypeError for what is not JSON: a number that is not finite, half a surrogate pair, a class
 * instance (a `Secret`, say), a cycle. The message never contains the value.
 */
export function canonical(value: unknown): string {
  return write(value, 0);
}

export type ParsedCanonical =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: 'not-json' | 'not-canonical' };

/** Reads a text that must *be* canonical JSON; that also refuses a key that stands twice. */
export function parseCanonical(text: string): ParsedCanonical {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, reason: 'not-json' };
  }
  return canonicalOf(value) === text ? { ok: true, value } : { ok: false, reason: 'not-canonical' };
}

function canonicalOf(value: unknown): string | undefined {
  try {
    return canonical(value);
  } catch {
    return undefined;
  }
}

/** Deeper than any event; keeps a hostile file from exhausting the stack. */
const deepest = 100;

function write(value: unknown, depth: number): string {
  if (depth > deepest) throw new TypeError('nested too deep for canonical JSON');
  switch (typeof value) {
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      return number(value);
    case 'string':
      return text(value);
    case 'object':
      if (value === null) return 'null';
      if (Array.isArray(value)) {
        return `[${Array.from(value, (item: unknown) => write(item, depth + 1)).join(',')}]`;
      }
      return record(value, depth);
    default:
      throw new TypeError(`a ${typeof value} has no canonical JSON`);
  }
}

function number(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError('a number that is not finite is not JSON');
  return JSON.stringify(value);
}

function text(value: string): string {
  if (!isWholeText(value)) throw new TypeError('half a surrogate pair is not text');
  return JSON.stringify(value);
}

function record(value: object, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError('only plain objects have a canonical JSON');
  }
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1)) // `<` on strings compares UTF-16 code units
    .map(([key, member]) => `${text(key)}:${write(member, depth + 1)}`);
  return `{${members.join(',')}}`;
}
