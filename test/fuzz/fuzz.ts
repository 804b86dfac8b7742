import fc from 'fast-check';
import { expect, test } from 'vitest';
import { problemSchema, Trouble } from '../../shared/problem.ts';

/*
 * A fixed number of cases for every change, always the same ones: what fails is the change's. More with
 * KEYTURN_FUZZ_RUNS=10000, and in `npm run test:deep` fifty times as many with a seed of the day.
 * KEYTURN_FUZZ_SEED repeats a run.
 */
const deep = process.env['KEYTURN_DEEP'] === '1';
const asked = Number(process.env['KEYTURN_FUZZ_RUNS'] ?? '');
export const seed =
  Number(process.env['KEYTURN_FUZZ_SEED'] ?? '') || (deep ? Date.now() % 0x7fffffff : 20_261_123);
const runsOf = (usual: number): number => (asked > 0 ? asked : usual * (deep ? 50 : 1));

/**
 * One test: so many values, each to be taken without a crash. What the property throws fails it, and
 * so does a prototype that is not as it was.
 *
 * @param usual cases in an ordinary run.
 */
export function fuzz<T>(
  name: string,
  usual: number,
  values: fc.Arbitrary<T>,
  property: (value: T) => void | Promise<void>,
): void {
  test(name, { timeout: 1_800_000 }, async () => {
    const before = prototypes();
    const numRuns = runsOf(usual);
    let cases = 0;
    const checked = fc.asyncProperty(values, async (value) => {
      cases += 1;
      await property(value);
    });
    await fc.assert(checked, { numRuns, seed });
    expect(prototypes()).toEqual(before);
    console.log(`fuzz: ${name}: ${cases} cases, seed ${seed}`);
  });
}

/**
 * What came of it: a value, or a Trouble that can be shown. Everything else is thrown on, and is a find.
 */
export async function taken<T>(run: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await run();
  } catch (thrown) {
    if (!(thrown instanceof Trouble)) throw thrown;
    expect(problemSchema.safeParse(thrown.problem).error).toBeUndefined();
    return undefined;
  }
}

const prototypes = (): readonly string[] =>
  [Object, Array, String, Number, Function, Map, Uint8Array, Error].flatMap(
    ({ name, prototype }) => [name, ...Reflect.ownKeys(prototype).map(String)],
  );

/** Texts that have broken parsers before. */
export const nastyTexts = [
  '',
  ' ',
  '\u0000',
  '\u001b[2J\u001b]0;title\u0007',
  '\u202eevil',
  '\ud800',
  '<img src=x onerror=alert(1)>',
  '../../../etc/passwd',
  '__proto__',
  'constructor',
  'toString',
  '-0',
  '1e999',
  '9'.repeat(400),
  'A'.repeat(70_000),
  '%s%n%x',
  'ﷺ'.repeat(300),
] as const;

/** A text of any kind. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(...nastyTexts),
);

const nest = (depth: number): unknown => {
  let value: unknown = 'x';
  for (let n = 0; n < depth; n += 1) value = n % 2 === 0 ? [value] : { a: value };
  return value;
};

/** A value of JSON of any kind, also the kinds that nobody sends by accident. */
export const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  anyText,
  fc.constantFrom<unknown>(
    nest(40),
    nest(1500),
    JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
    Array.from({ length: 3000 }, (_, n) => n),
    Number.MAX_SAFE_INTEGER + 2,
    -1,
    1.5,
    null,
    true,
    {},
    [],
  ),
);

/** Real values of JSON, changed somewhere: another value, a key more, a key less. */
export function changedJson(...real: readonly unknown[]): fc.Arbitrary<unknown> {
  const change = fc.record({
    place: fc.nat(),
    how: fc.constantFrom('set', 'drop', 'add', 'wrap'),
    value: anyJson,
    key: fc.oneof(fc.constantFrom('__proto__', 'data', 'errors', 'auth', 'otp'), fc.string()),
  });
  return fc
    .tuple(fc.constantFrom(...real), fc.array(change, { minLength: 0, maxLength: 3 }))
    .map(([value, changes]) =>
      changes.reduce<unknown>((now, { place, how, value: put, key }) => {
        const places = placesIn(now);
        return changedAt(now, places[place % places.length] ?? [], how, put, key);
      }, value),
    );
}

type Path = readonly (string | number)[];

function placesIn(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null || at.length > 12) return [at];
  const inner = Object.entries(value).slice(0, 60);
  return [at, ...inner.flatMap(([key, member]) => placesIn(member, [...at, key]))];
}

function changedAt(value: unknown, path: Path, how: string, put: unknown, key: string): unknown {
  const [next, ...rest] = path;
  if (next === undefined || typeof value !== 'object' || value === null) {
    if (how === 'wrap') return { [key]: value };
    if (how === 'add' && isRecord(value)) return withOwn(value, key, put);
    return put;
  }
  if (Array.isArray(value))
    return value.flatMap((member: unknown, at) =>
      String(at) !== String(next)
        ? [member]
        : rest.length === 0 && how === 'drop'
          ? []
          : [changedAt(member, rest, how, put, key)],
    );
  const entries = Object.entries(value).flatMap(([name, member]) =>
    name !== next
      ? [[name, member]]
      : rest.length === 0 && how === 'drop'
        ? []
        : [[name, changedAt(member, rest, how, put, key)]],
  );
  return Object.fromEntries(entries);
}

const isRecord = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Also where the key is `__proto__`: as `JSON.parse` makes it. */
const withOwn = (value: object, key: string, put: unknown): unknown =>
  Object.fromEntries([...Object.entries(value), [key, put]]);

/** Real bytes, changed somewhere: bits turned, pieces doubled, cut out, moved in or cut off. */
export function changedBytes(...real: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const change = fc.record({
    how: fc.constantFrom('flip', 'set', 'insert', 'delete', 'double', 'cut', 'nasty'),
    place: fc.nat(),
    length: fc.nat(40),
    byte: fc.nat(255),
    text: fc.constantFrom(...nastyTexts.slice(0, 13)),
  });
  return fc
    .tuple(fc.constantFrom(...real), fc.array(change, { minLength: 1, maxLength: 4 }))
    .map(([bytes, changes]) =>
      changes.reduce<Uint8Array>((now, { how, place, length, byte, text }) => {
        const at = now.length === 0 ? 0 : place % now.length;
        const [before, after] = [now.subarray(0, at), now.subarray(at)];
        const join = (...parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts);
        switch (how) {
          case 'flip':
            return join(before, asByte((after[0] ?? 0) ^ (1 << (byte % 8))), after.subarray(1));
          case 'set':
            return join(before, asByte(byte), after.subarray(1));
          case 'insert':
            return join(before, asByte(byte), after);
          case 'delete':
            return join(before, after.subarray(length + 1));
          case 'double':
            return join(before, after.subarray(0, length + 1), after);
          case 'nasty':
            return join(before, Buffer.from(text), after);
          default:
            return before;
        }
      }, bytes),
    );
}

const asByte = (byte: number): Uint8Array => Uint8Array.of(byte & 0xff);
