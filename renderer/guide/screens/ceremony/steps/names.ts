import { count } from '../../../app/time.ts';

/** The names in a text, one on each line; empty lines do not count. */
export const namesIn = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** What is wrong with a list of holders and how to put it right; `undefined`: nothing. */
export function faultOfHolders(text: string, required: number | undefined): string | undefined {
  const names = namesIn(text);
  if (names.length === 0) return 'Enter at least one key holder.';
  if (names.length > 255) return 'There are never more than 255 key holders.';
  const long = names.find((name) => name.length > 120);
  if (long) return `A name is longer than 120 characters: “${long.slice(0, 30)}…”.`;
  const twice = names.find((name, place) => names.findIndex((n) => same(n, name)) < place);
  if (twice)
    return `“${twice}” is there twice. The record tells holders apart by name: add a family name.`;
  if (required !== undefined && names.length < required)
    return `${count(required, 'share')} are needed, and the list has ${count(names.length, 'holder')}.`;
  return undefined;
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
