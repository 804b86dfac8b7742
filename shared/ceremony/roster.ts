import { z } from 'zod';
import { personSchema } from '../ids.ts';
import { anybodyTwice } from './people.ts';

const detail = z.string().trim().min(1).max(120);

/** A holder: a name alone, or with where they are from and the custody bag the share came in. */
export const holderSchema = z.union([
  personSchema,
  z.strictObject({
    name: personSchema,
    organisation: detail.optional(),
    bag: detail.optional(),
  }),
]);
export type Holder = z.infer<typeof holderSchema>;

/** Who takes part. Records of version 0.1.0 have holders by name alone; both forms are read. */
export const rosterSchema = z.strictObject({
  operator: personSchema,
  witness: personSchema.optional(),
  /** Empty only where a batch token promotes: then nobody gives a share. */
  holders: z.array(holderSchema).max(255),
});
export type Roster = z.infer<typeof rosterSchema>;

/** The name by which a holder is called everywhere. */
export const nameOfHolder = (holder: Holder): string =>
  typeof holder === 'string' ? holder : holder.name;

export const holderNames = (roster: Roster): readonly string[] => roster.holders.map(nameOfHolder);

/** `Ana`, or `Ana (Acme, bag 114)`. */
export function describeHolder(holder: Holder): string {
  if (typeof holder === 'string') return holder;
  const { name, organisation, bag } = holder;
  const more = [...(organisation ? [organisation] : []), ...(bag ? [`bag ${bag}`] : [])];
  return more.length === 0 ? name : `${name} (${more.join(', ')})`;
}

/**
 * What is wrong with the holders, in one sentence; `undefined`: nothing.
 *
 * @param required how many shares the server asks for, where preflight could read it.
 */
export function faultOfHolders(
  holders: readonly Holder[],
  required: number | undefined,
): string | undefined {
  if (anybodyTwice(holders.map(nameOfHolder)))
    return 'Two holders have the same name. The record tells holders apart by name: add a family name.';
  const bags = holders.flatMap((one) => (typeof one === 'string' || !one.bag ? [] : [one.bag]));
  if (anybodyTwice(bags)) return 'Two holders have the same custody bag.';
  if (required !== undefined && holders.length < required)
    return `${required} shares are needed, and the roster has ${holders.length === 1 ? '1 holder' : `${holders.length} holders`}.`;
  return undefined;
}
