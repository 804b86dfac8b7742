import { expect, test } from 'vitest';
import { z } from 'zod';
import { connect, connectTrusting, type Client } from '../../../renderer/bridge.ts';
import { call, type Bridge } from '../../../shared/contract/define.ts';
import type { Result } from '../../../shared/problem.ts';

const slice = {
  calls: { count: call(z.strictObject({ of: z.string() }), z.strictObject({ n: z.int() })) },
  pushes: { counted: z.strictObject({ n: z.int() }) },
} as const;

/** A host's end of the bridge that answers with what the test gives it. */
function bridge(answer: () => Promise<Result<unknown>>) {
  const listeners = new Set<(payload: unknown) => void>();
  const asked: unknown[][] = [];
  const made: Bridge = {
    call: (...what) => {
      asked.push(what);
      return answer();
    },
    on: (_name, listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const push = (payload: unknown): void => listeners.forEach((listener) => listener(payload));
  return { made, asked, push };
}

const clients: readonly (readonly [string, (made: Bridge) => Client<typeof slice>])[] = [
  ['connect', (made) => connect(slice, made)],
  ['connectTrusting', (made) => connectTrusting<typeof slice>(made)],
];

const value = (given: unknown) => () => Promise.resolve({ ok: true, value: given } as const);

test.each(clients)('%s asks by name and gives the reply', async (_name, make) => {
  const { made, asked } = bridge(value({ n: 3 }));
  expect(await make(made).call('count', { of: 'shares' })).toEqual({
    ok: true,
    value: { n: 3 },
  });
  expect(asked).toEqual([['count', { of: 'shares' }]]);
});

test.each(clients)('%s turns a host that is gone into a problem', async (_name, make) => {
  const { made } = bridge(() => Promise.reject(new Error('target closed')));
  const result = await make(made).call('count', { of: 'shares' });
  expect(result).toMatchObject({ ok: false, problem: { code: 'internal' } });
  expect(JSON.stringify(result)).not.toContain('target closed');
});

test('a reply that does not fit is a problem for the guide', async () => {
  const { made } = bridge(value({ n: 'three' }));
  expect(await connect(slice, made).call('count', { of: 'shares' })).toMatchObject({
    ok: false,
    problem: { code: 'contract.malformed' },
  });
});

test('a push is heard if it fits, until listening stops', () => {
  const { made, push } = bridge(value({ n: 0 }));
  const heard: number[] = [];
  const stop = connect(slice, made).on('counted', ({ n }) => heard.push(n));
  push({ n: 1 });
  push({ n: 'two' });
  push({ n: 3 });
  stop();
  push({ n: 4 });
  expect(heard).toEqual([1, 3]);
});
