const seconds = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

/** A time as Vault takes it, in seconds: a number, `"3600"`, or `"8h"`, `"1h30m"`. Undefined for anything else. */
export function readDuration(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0 ? value : undefined;
  if (typeof value !== 'string') return undefined;
  if (/^[0-9]{1,12}$/.test(value)) return Number(value);
  if (!/^([0-9]{1,9}[smhd])+$/.test(value)) return undefined;
  let total = 0;
  for (const [, amount = '0', unit] of value.matchAll(/([0-9]+)([smhd])/g)) {
    total += Number(amount) * (isUnit(unit) ? seconds[unit] : 0);
  }
  return total;
}

const isUnit = (unit: string | undefined): unit is keyof typeof seconds =>
  unit !== undefined && Object.hasOwn(seconds, unit);
