import type { PrimarySeen } from '../../../../shared/ceremony/findings.ts';
import type { NodeAddress } from '../../../../shared/ids.ts';
import { count } from '../../app/time.ts';

/** A length of time in words with its seconds: `1 minute 14 seconds`. In milliseconds. */
export function lasting(ms: number): string {
  const total = Math.max(0, Math.round(ms / 1000));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor(total / 60) % 60;
  const seconds = total % 60;
  const parts = [
    hours > 0 && count(hours, 'hour'),
    minutes > 0 && count(minutes, 'minute'),
    (seconds > 0 || total === 0) && count(seconds, 'second'),
  ];
  return parts.filter(Boolean).join(' ');
}

/** `Ana`, `Ana or Ben`, `Ana, Ben or Chidi`. */
export function oneOf(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
}

/** An address without `https://`, for a line where every address has it. */
export const hostOf = (node: NodeAddress): string => node.replace(/^https:\/\//, '');

/** What is seen of the primary, as a sentence. Never "down". */
export const primaryPhrase: Readonly<Record<PrimarySeen, string>> = {
  'answers-as-active': 'The primary answers as active.',
  'not-visible': 'The primary is not visible from here.',
  'answers-otherwise': 'The primary answers, but not as an active primary.',
  'none-known': 'No address of the primary is known, so it cannot be seen from here.',
};

/** A doubt of the decoder as a sentence; one that is a sentence already stays. */
export function doubtPhrase(doubt: string): string {
  switch (doubt) {
    case 'not-printable':
      return 'The decoded token has characters that no token has.';
    case 'unknown-prefix':
      return 'The decoded token does not begin like a token that Vault is known to make.';
    default:
      return doubt;
  }
}
