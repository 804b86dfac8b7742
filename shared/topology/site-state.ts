import type { Problem } from '../problem.ts';
import { linkOf } from './link.ts';
import { memberState, type MemberState } from './member-state.ts';
import { nodeState, type Readings, type Shown } from './node-state.ts';
import { membersOf, type Member } from './site.ts';

export interface SiteState extends Shown {
  readonly answering: number;
  readonly lookedAt: number;
  readonly of: number;
}

/** A whole site in a word. Two active primaries come before everything else. */
export function siteState(site: Member, readings: Readings, problem?: Problem): SiteState {
  const members = membersOf(site);
  const states = members.map((member) => memberState(member, readings));
  const sum = (of: (state: MemberState) => number) =>
    states.reduce((total, state) => total + of(state), 0);
  return {
    ...siteInAWord(members, states, readings, problem),
    answering: sum(({ answering: n }) => n),
    lookedAt: sum(({ lookedAt }) => lookedAt),
    of: sum(({ of }) => of),
  };
}

function siteInAWord(
  members: readonly Member[],
  states: readonly MemberState[],
  readings: Readings,
  problem: Problem | undefined,
): Shown {
  if (problem !== undefined) return { level: 'warning', word: 'Cannot be asked' };
  if (states.every(({ lookedAt }) => lookedAt === 0)) return nodeState(undefined);
  const links = members.flatMap((member) =>
    member.followers.map((follower) => linkOf(member, follower, readings)),
  );
  const stop = links.find(({ level }) => level === 'stop');
  if (stop) return { level: 'stop', word: stop.word };
  const asked = states.filter(({ of }) => of > 0);
  if (asked.every(({ answering: n }) => n === 0) && asked.every(({ level }) => level === 'unknown'))
    return { level: 'unknown', word: 'Not visible from here' };
  if (asked.some(({ level }) => level !== 'ok') || links.some(({ level }) => level === 'warning'))
    return { level: 'warning', word: 'Look at this' };
  return { level: 'ok', word: 'All clusters answer' };
}
