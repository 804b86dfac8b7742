import { expect, test } from 'vitest';
import { ClockWatch } from '../../../electron/ceremony/clock-watch.ts';

const clocks = { wallMs: 1_000_000, steadyMs: 5_000 };
const jumps: number[] = [];
const watch = () =>
  new ClockWatch((ms) => jumps.push(ms), {
    wall: () => clocks.wallMs,
    steady: () => clocks.steadyMs,
  });
const pass = (steadyMs: number, jumpMs = 0): void => {
  clocks.steadyMs += steadyMs;
  clocks.wallMs += steadyMs + jumpMs;
};

test('says once by how much the clock was set, and nothing while time only passes', () => {
  const clock = watch();
  pass(60_000);
  clock.look();
  expect(jumps).toEqual([]);
  pass(5_000, -3_600_000);
  clock.look();
  clock.look();
  expect(jumps).toEqual([-3_600_000]);
  pass(5_000, 86_400_000);
  clock.look();
  expect(jumps).toEqual([-3_600_000, 86_400_000]);
  // A time service moves a clock in small steps: what they add up to is said in the end.
  jumps.length = 0;
  for (let n = 0; n < 6; n += 1) {
    pass(5_000, 1_000);
    clock.look();
  }
  expect(jumps).toEqual([5_000]);
  clock.stop();
});
