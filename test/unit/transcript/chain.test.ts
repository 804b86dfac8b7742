import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  splitLines,
  verifyChain,
  verifyFile,
  type ChainRules,
} from '../../../shared/transcript/chain.ts';
import { genesis, lineOf, parseLine, sealEntry } from '../../../shared/transcript/entry.ts';
import { digestSchema } from '../../../shared/ids.ts';

const eventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('share-given'), holder: z.string(), progress: z.int() }),
  z.strictObject({ type: z.literal('note'), text: z.string(), by: z.string().optional() }),
]);
type Event = z.infer<typeof eventSchema>;

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const rules: ChainRules<Event> = { schema: eventSchema, sha256 };

function seal(events: readonly unknown[]): string[] {
  let prev = genesis;
  return events.map((event, i) => {
    const at = new Date(Date.UTC(2026, 10, 23, 3, 0, i, 7)).toISOString();
    const line = sealEntry({ seq: i + 1, at, prev, event }, sha256);
    prev = digestSchema.parse(/"hash":"([0-9a-f]{64})"/.exec(line)?.[1]);
    return line;
  });
}
const fileOf = (lines: readonly string[]) => Buffer.from(lines.map((l) => `${l}\n`).join(''));

const night: readonly Event[] = [
  { type: 'share-given', holder: 'Ada', progress: 1 },
  { type: 'note', text: 'Łódź — "quoted", tab\t, �, 🗝️, \u2028' },
  { type: 'share-given', holder: 'Grace', progress: 2 },
  { type: 'share-given', holder: 'Edsger', progress: 3 },
];
const lines = seal(night);

describe('a chain', () => {
  it('gives its events back in order, and its head', () => {
    const chain = verifyChain(lines, rules);
    if (!chain.ok) throw new Error(chain.reason);
    expect(chain.entries.map(({ event }) => event)).toEqual(night);
    expect(chain.entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(chain.entries[0]?.prev).toBe(genesis);
    expect(chain.entries[0]?.at).toBe('2026-11-23T03:00:00.007Z');
    expect(chain.head).toBe(chain.entries[3]?.hash);
    expect(chain.entries.map(lineOf)).toEqual(lines);
  });

  it('hashes the line without its hash: anyone can do the same with common tools', () => {
    const [first = ''] = lines;
    const hash = /"hash":"([0-9a-f]{64})",/.exec(first);
    const withoutHash = first.replace(hash?.[0] ?? 'none', '');
    expect(sha256(Buffer.from(withoutHash))).toBe(hash?.[1]);
  });

  it('may be empty', () => {
    expect(verifyChain([], rules)).toEqual({ ok: true, entries: [], head: genesis });
    expect(verifyFile(Buffer.alloc(0), rules)).toEqual({ ok: true, entries: [], head: genesis });
  });
});

describe('what is noticed', () => {
  const [first = '', second = '', third = '', fourth = ''] = lines;
  const fault = (changed: readonly string[]) => {
    const chain = verifyChain(changed, rules);
    return chain.ok ? 'nothing' : `${chain.at} ${chain.reason}`;
  };

  it.each([
    ['a line that is not JSON', [first, 'x', third], '2 not-json'],
    ['a key that stands twice', [first.replace('{', '{"v":1,')], '1 not-canonical'],
    [
      'a key that stands twice with another value first',
      [first.replace('{', '{"seq":9,')],
      '1 not-canonical',
    ],
    ['a space', [first.replace(',', ', ')], '1 not-canonical'],
    ['a carriage return', [`${first}\r`], '1 not-canonical'],
    ['a line moved up', [second, first, third], '1 seq'],
    ['a line taken out', [first, third, fourth], '2 seq'],
    ['a line twice', [first, second, second], '3 seq'],
    ['a name changed', [first, second.replace('quoted', 'changed')], '2 hash'],
    ['an event of another kind, well hashed', seal([{ type: 'unheard-of' }]), '1 schema'],
    ['an event with one field more, well hashed', seal([{ ...night[0], extra: 1 }]), '1 schema'],
  ])('%s', (_, changed, expected) => {
    expect(fault(changed)).toBe(expected);
  });

  it('a line rewritten with a hash that fits it', () => {
    const rewritten = seal([night[0], { type: 'note', text: 'forged' }])[1] ?? '';
    expect(fault([first, rewritten, third])).toBe('3 prev');
  });

  it('a first line that leans on another chain', () => {
    const at = '2026-11-23T03:00:00.000Z';
    const prev = digestSchema.parse('a'.repeat(64));
    expect(fault([sealEntry({ seq: 1, at, prev, event: night[0] }, sha256)])).toBe('1 prev');
  });

  it('an end cut off, by the head that is known from elsewhere', () => {
    const whole = verifyChain(lines, rules);
    if (!whole.ok) throw new Error(whole.reason);
    const cut = verifyChain(lines.slice(0, 3), { ...rules, head: whole.head });
    expect(cut).toMatchObject({ ok: false, at: 4, reason: 'head' });
    expect(cut.entries).toHaveLength(3);
    expect(verifyChain(lines, { ...rules, head: whole.head }).ok).toBe(true);
  });

  it('a file without its last line feed', () => {
    expect(verifyFile(fileOf(lines).subarray(0, -1), rules)).toMatchObject({
      ok: false,
      at: 4,
      reason: 'torn',
    });
  });

  it('bytes that are not UTF-8, where a lenient reader would see the replacement character', () => {
    const file = fileOf(lines);
    const at = file.indexOf(Buffer.from('\ufffd'));
    expect(at).toBeGreaterThan(0);
    const edited = Buffer.concat([file.subarray(0, at), Buffer.of(0xff), file.subarray(at + 3)]);
    expect(edited.toString('utf8')).toBe(file.toString('utf8'));
    expect(verifyFile(edited, rules)).toMatchObject({ ok: false, at: 2, reason: 'not-json' });
  });
});

describe('for every record', () => {
  const events = fc.oneof(
    fc.record({
      type: fc.constant('share-given' as const),
      holder: fc.string({ unit: 'grapheme' }),
      progress: fc.integer(),
    }),
    fc.record(
      { type: fc.constant('note' as const), text: fc.string({ unit: 'binary' }), by: fc.string() },
      { requiredKeys: ['type', 'text'] },
    ),
  );
  const records = fc.array(events, { minLength: 1, maxLength: 6 });
  const head = (file: Uint8Array) => {
    const chain = verifyFile(file, rules);
    if (!chain.ok) throw new Error(chain.reason);
    return chain.head;
  };

  it('what was sealed reads back', () => {
    fc.assert(
      fc.property(records, (list) => {
        const chain = verifyFile(fileOf(seal(list)), rules);
        expect(chain.ok).toBe(true);
        expect(chain.entries.map(({ event }) => event)).toEqual(
          list.map((event) => JSON.parse(JSON.stringify(event)) as unknown),
        );
      }),
    );
  });

  it('any byte changed, put in or taken out is noticed', () => {
    const edits = fc.record({
      kind: fc.constantFrom('change', 'insert', 'delete'),
      place: fc.nat(),
      byte: fc.integer({ min: 0, max: 255 }),
    });
    fc.assert(
      fc.property(records, edits, (list, { kind, place, byte }) => {
        const file = fileOf(seal(list));
        const at = place % file.length;
        const middle = kind === 'delete' ? [] : [byte];
        const rest = file.subarray(kind === 'insert' ? at : at + 1);
        const edited = Buffer.concat([file.subarray(0, at), Buffer.from(middle), rest]);
        fc.pre(!edited.equals(file));
        expect(verifyFile(edited, { ...rules, head: head(file) }).ok).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('lines left out, moved or repeated are noticed', () => {
    const many = fc.array(events, { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(many, fc.nat(), fc.nat(), (list, from, to) => {
        const sealed = seal(list);
        const rulesWithHead = { ...rules, head: head(fileOf(sealed)) };
        const i = from % sealed.length;
        const j = to % sealed.length;
        const without = sealed.toSpliced(i, 1);
        expect(verifyChain(without, rulesWithHead).ok).toBe(false);
        expect(verifyChain(sealed.toSpliced(j, 0, sealed[i] ?? ''), rulesWithHead).ok).toBe(false);
        if (i !== j) {
          const moved = without.toSpliced(j, 0, sealed[i] ?? '');
          expect(verifyChain(moved, rulesWithHead).ok).toBe(false);
        }
      }),
    );
  });

  it('a file cut anywhere is noticed by its known head', () => {
    fc.assert(
      fc.property(records, fc.nat(), (list, place) => {
        const file = fileOf(seal(list));
        const cut = file.subarray(0, place % file.length);
        expect(verifyFile(cut, { ...rules, head: head(file) }).ok).toBe(false);
      }),
    );
  });

  it('no text at all breaks the reader', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const chain = verifyFile(bytes, rules);
        expect(chain.ok).toBe(bytes.length === 0);
      }),
    );
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseLine(text, eventSchema, sha256).ok).toBe(false);
      }),
    );
  });
});

it('splitLines keeps what follows the last line feed', () => {
  const { lines: whole, rest } = splitLines(Buffer.from('a\n\nb\nc'));
  expect(whole).toEqual(['a', '', 'b']);
  expect(Buffer.from(rest).toString()).toBe('c');
});
