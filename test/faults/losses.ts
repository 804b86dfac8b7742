import type { CeremonyEvent } from '../../shared/ceremony/events.ts';
import { openItemsOf } from './open-items.ts';

/**
 * What had to be done again, or cannot be had any more, told from the whole record alone.
 *
 * @param at how many events were on the record when the trouble came.
 * @param usual the open items that the way ends with where nothing happens.
 */
export function losses(
  events: readonly CeremonyEvent[],
  at: number,
  usual: readonly string[],
): readonly string[] {
  const [before, since] = [events.slice(0, at), events.slice(at)];
  const again = (is: (event: CeremonyEvent) => boolean): boolean =>
    before.some(is) && since.some(is);
  const isCall = (call: string) => (event: CeremonyEvent) =>
    event.type === 'after.call.accepted' && event.call === call;
  const shares = sharesAgain(before, since);
  return [
    ...(again(({ type }) => type === 'attempt.started') ? ['the attempt and its shares'] : []),
    ...(shares > 0 && !again(({ type }) => type === 'attempt.started')
      ? [`${shares} ${shares === 1 ? 'share is' : 'shares are'} given again`]
      : []),
    ...(since.some((event) => event.type === 'token.lost') ? ['the token'] : []),
    ...(since.some((event) => event.type === 'token.left')
      ? ['the proof that the token is deleted']
      : []),
    ...(again(isCall('activate')) ? ['the activation token'] : []),
    ...(again(({ type }) => type === 'promote.intended') ? ['promote is confirmed again'] : []),
    ...(again(({ type }) => type === 'primary.demote.intended')
      ? ['the demotion is confirmed again']
      : []),
    ...openItemsOf(events)
      .filter((item) => !usual.some((other) => titleOf(other) === titleOf(item)))
      .map((item) => `open item: ${item}`),
  ];
}

/** An item without what was seen of it last. */
const titleOf = (item: string): string => item.replace(/ Last: .*/, '');

/** Holders whose share had been counted, and who were asked for it again. */
function sharesAgain(before: readonly CeremonyEvent[], since: readonly CeremonyEvent[]): number {
  const givers = (events: readonly CeremonyEvent[]): readonly string[] =>
    events.flatMap((event) => (event.type === 'share.intended' ? [event.holder] : []));
  const later = new Set(givers(since));
  return new Set(givers(before).filter((holder) => later.has(holder))).size;
}
