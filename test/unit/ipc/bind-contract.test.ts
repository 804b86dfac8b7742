import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { CallHandler } from '../../../electron/host/host.ts';
import { bindContract, type Handlers } from '../../../electron/ipc.ts';
import { call } from '../../../shared/contract/define.ts';
import { problemSchema, Trouble, type Result } from '../../../shared/problem.ts';
import { Secret } from '../../../shared/secret.ts';

const empty = { calls: {}, pushes: {} } as const;
const contract = {
  guide: {
    calls: {
      double: call(z.strictObject({ n: z.number() }), z.strictObject({ n: z.number() })),
      nothing: call(z.undefined(), z.undefined()),
      throws: call(z.strictObject({ how: z.enum(['trouble', 'error', 'text']) }), z.undefined()),
      breaks: call(z.undefined(), z.strictObject({ share: z.string().max(3) })),
    },
    pushes: { changed: z.strictObject({ at: z.number() }) },
  },
  'share-entry': {
    calls: {
      give: call(
        z.strictObject({ share: z.string().transform((text) => Secret.of('share', text)) }),
        z.strictObject({ length: z.number() }),
      ),
    },
    pushes: {},
  },
  'secret-entry': empty,
  promote: empty,
  scan: empty,
} as const;

const secretText = 'c2VjcmV0LXRoYXQtbXVzdC1ub3QtYmUtZWNob2Vk';
const trouble = new Trouble({ code: 'vault.sealed', known: 'k', safe: 's', next: 'n' });

const handlers: Handlers<typeof contract> = {
  guide: {
    double: ({ n }) => Promise.resolve({ n: n * 2 }),
    nothing: () => Promise.resolve(undefined),
    throws: ({ how }) => {
      if (how === 'trouble') throw trouble;
      throw how === 'error' ? new TypeError(secretText) : secretText;
    },
    breaks: () => Promise.resolve({ share: secretText }),
  },
  'share-entry': { give: ({ share }) => Promise.resolve({ length: share.expose().length }) },
  'secret-entry': {},
  promote: {},
  scan: {},
};

function bound() {
  let handler: CallHandler | undefined;
  const pushed: unknown[][] = [];
  const pusher = bindContract(
    {
      onCall: (given) => {
        handler = given;
      },
      push: (...what) => pushed.push(what),
    },
    contract,
    handlers,
  );
  const send: CallHandler = (surface, name, payload) => {
    if (handler === undefined) throw new Error('no handler was bound');
    return handler(surface, name, payload);
  };
  return { pusher, pushed, send };
}

const codeOf = (result: Result<unknown>): string => {
  if (result.ok) return 'ok';
  expect(JSON.stringify(result)).not.toContain(secretText);
  return problemSchema.parse(result.problem).code;
};

describe('a call', () => {
  test('reaches its handler parsed, and its reply comes back', async () => {
    const { send } = bound();
    expect(await send('guide', 'double', '{"n":21}')).toEqual({ ok: true, value: { n: 42 } });
    expect(await send('guide', 'nothing', undefined)).toEqual({ ok: true, value: undefined });
  });

  test('hands a secret over wrapped', async () => {
    const { send } = bound();
    expect(await send('share-entry', 'give', '{"share":"abcd"}')).toEqual({
      ok: true,
      value: { length: 4 },
    });
  });

  test.each([
    ['guide', 'give', '{"share":"abcd"}'],
    ['share-entry', 'double', '{"n":1}'],
    ['promote', 'double', '{"n":1}'],
    ['guide', 'unheard-of', '{}'],
    ['guide', '__proto__', '{}'],
    ['guide', 'constructor', '{}'],
    ['guide', 'toString', undefined],
    ['guide', '', undefined],
  ] as const)('%s may not call %j', async (surface, name, payload) => {
    expect(codeOf(await bound().send(surface, name, payload))).toBe('contract.refused');
  });

  test.each([
    ['not JSON', '{"n":'],
    ['a wrong type', `{"n":"${secretText}"}`],
    ['one key too many', `{"n":1,"extra":"${secretText}"}`],
    ['a prototype', '{"n":1,"__proto__":{"n":2}}'],
    ['nothing', undefined],
    ['an empty text', ''],
    ['brackets 33 deep', `${'['.repeat(33)}${']'.repeat(33)}`],
    ['a million brackets', '['.repeat(1_000_000)],
  ])('with %s is malformed, and nothing of it is echoed', async (_what, payload) => {
    expect(codeOf(await bound().send('guide', 'double', payload))).toBe('contract.malformed');
  });

  test.each(['{"share":"ab\\ud800cd"}', '{"share":"ab\ud800cd"}'])(
    'with half a character in a text is malformed: %j',
    async (payload) => {
      expect(codeOf(await bound().send('share-entry', 'give', payload))).toBe('contract.malformed');
      const whole = payload.replace(/\\ud800|\ud800/u, '\u{1F511}');
      expect((await bound().send('share-entry', 'give', whole)).ok).toBe(true);
    },
  );

  test('of more than 2 MiB is not parsed', async () => {
    const payload = JSON.stringify({ n: 1, pad: 'x'.repeat(2 * 1024 * 1024) });
    expect(codeOf(await bound().send('guide', 'double', payload))).toBe('input.too-large');
  });

  test('whose handler throws brings a problem, never a stack or a text', async () => {
    const { send } = bound();
    expect(await send('guide', 'throws', '{"how":"trouble"}')).toEqual({
      ok: false,
      problem: trouble.problem,
    });
    expect(codeOf(await send('guide', 'throws', '{"how":"error"}'))).toBe('internal');
    expect(codeOf(await send('guide', 'throws', '{"how":"text"}'))).toBe('internal');
  });

  test('whose reply does not fit its schema brings `internal` and none of the reply', async () => {
    expect(codeOf(await bound().send('guide', 'breaks', undefined))).toBe('internal');
  });
});

describe('a push', () => {
  test('is carried when it fits its schema', () => {
    const { pusher, pushed } = bound();
    pusher.push('guide', 'changed', { at: 1 });
    expect(pushed).toEqual([['guide', 'changed', { at: 1 }]]);
  });

  test('that does not fit is not carried', () => {
    const { pusher, pushed } = bound();
    expect(() => pusher.push('guide', 'changed', { at: Number.NaN })).toThrow(Trouble);
    expect(pushed).toEqual([]);
  });
});
