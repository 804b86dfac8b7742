import { expect, test } from 'vitest';
import { ClockWitness, judgeWindow } from '../../../electron/vault/clock.ts';

const notBefore = new Date('2027-01-01T00:00:00Z');
const notAfter = new Date('2027-12-31T00:00:00Z');
const judge = (ourClock: string, serverClock?: string) =>
  judgeWindow({
    ourClock: new Date(ourClock),
    notBefore,
    notAfter,
    serverClock: serverClock === undefined ? undefined : new Date(serverClock),
  });

test.each([
  ['a clock from before Keyturn existed', '1970-01-01T00:00:05Z', undefined, 'clock'],
  ['the same, even if a server agrees', '2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z', 'clock'],
  ['a certificate from the future', '2026-12-30T00:00:00Z', undefined, 'clock'],
  [
    'a certificate from the future, servers agree',
    '2026-12-30T00:00:00Z',
    '2026-12-30T00:01:00Z',
    'certificate',
  ],
  ['an expired certificate', '2028-02-01T00:00:00Z', undefined, 'certificate'],
  [
    'an expired certificate, servers agree',
    '2028-02-01T00:00:00Z',
    '2028-02-01T00:00:00Z',
    'certificate',
  ],
  ['expired for us only', '2028-02-01T00:00:00Z', '2027-06-01T00:00:00Z', 'clock'],
] as const)('%s', (_, ours, server, verdict) => {
  expect(judge(ours, server)).toBe(verdict);
});

test('the servers’ clock goes on from where it was last seen', () => {
  let now = new Date('2027-01-01T00:00:00Z');
  const witness = new ClockWitness(() => now);
  expect(witness.serverNow()).toBeUndefined();
  witness.note(new Date('2027-01-01T01:00:00Z'));
  now = new Date('2027-01-01T00:00:30Z');
  expect(witness.serverNow()?.toISOString()).toBe('2027-01-01T01:00:30.000Z');
});
