import {
  faultOfHolders,
  nameOfHolder,
  type Holder,
  type Roster,
} from '../../../../../shared/ceremony/roster.ts';
import type { CeremonyId } from '../../../../../shared/ids.ts';

/**
 * The holders in a text, one on each line: `Ana`, or `Ana; Acme; 114` with organisation and custody
 * bag. Empty lines do not count.
 */
export const holdersIn = (text: string): Holder[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(holderIn);

function holderIn(line: string): Holder {
  const [name = '', organisation = '', bag = ''] = line.split(';').map((part) => part.trim());
  if (organisation === '' && bag === '') return name;
  return { name, ...(organisation ? { organisation } : {}), ...(bag ? { bag } : {}) };
}

/** A holder as the line that `holdersIn` reads. */
export function lineOf(holder: Holder): string {
  if (typeof holder === 'string') return holder;
  const parts = [holder.name, holder.organisation ?? '', holder.bag ?? ''];
  return parts.join('; ').replace(/[; ]+$/, '');
}

/** What is wrong with a list of holders and how to put it right; `undefined`: nothing. */
export function faultOfLines(text: string, required: number | undefined): string | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) return 'Enter at least one key holder.';
  if (lines.length > 255) return 'There are never more than 255 key holders.';
  const full = lines.find((line) => line.split(';').length > 3);
  if (full)
    return `A line has more than name, organisation and bag: “${full.trim().slice(0, 30)}…”.`;
  const long = lines.flatMap((line) => line.split(';')).find((part) => part.trim().length > 120);
  if (long) return `A part is longer than 120 characters: “${long.trim().slice(0, 30)}…”.`;
  const holders = holdersIn(text);
  if (holders.some((holder) => nameOfHolder(holder) === ''))
    return 'A line has no name before its first semicolon.';
  return faultOfHolders(holders, required);
}

/** The name of a ceremony's form for its people, and what it holds for a roster. */
export const draftOfPeople = (id: CeremonyId): string => `${id} people`;
export const draftOfRoster = ({ operator, witness, holders }: Roster) => ({
  operator,
  witness: witness ?? '',
  holders: holders.map(lineOf).join('\n'),
});
