import { nodeState, type Readings, type Shown } from './node-state.ts';
import type { NodeFacts, NodeReading } from './reading.ts';
import type { Member } from './site.ts';

export interface MemberState extends Shown {
  readonly answering: number;
  readonly lookedAt: number;
  readonly of: number;
  /** Where no node answers: since the last of them fell silent. */
  readonly silentSince: string | undefined;
  /** The active node's word, which counts for the cluster; absent where none answers as active. */
  readonly active: NodeFacts | undefined;
}

/** One cluster in a word, from all its nodes. */
export function memberState(member: Member, readings: Readings): MemberState {
  const looked = member.nodes.flatMap((node) => readings.get(node) ?? []);
  const answers = looked.flatMap((one) => (one.state === 'answers' ? [one.facts] : []));
  const silent = looked.flatMap((one) => (one.state === 'silent' ? [one] : []));
  const active = answers.find((facts) => facts.active && !facts.sealed && facts.initialized);
  const allSilent = silent.length > 0 && silent.length === member.nodes.length;
  return {
    ...inAWord(member, looked, answers, active),
    answering: answers.length,
    lookedAt: looked.length,
    of: member.nodes.length,
    silentSince: allSilent
      ? silent
          .map(({ since }) => since)
          .sort()
          .at(-1)
      : undefined,
    active,
  };
}

function inAWord(
  member: Member,
  looked: readonly NodeReading[],
  answers: readonly NodeFacts[],
  active: NodeFacts | undefined,
): Shown {
  if (member.nodes.length === 0) return { level: 'unknown', word: 'No address known' };
  if (looked.length === 0) return nodeState(undefined);
  if (answers.length === 0) {
    if (looked.length < member.nodes.length) return { level: 'unknown', word: 'No answer so far' };
    // All alike say it in their own word; else the one that says most does.
    const words = looked.map(nodeState);
    return words.find(({ level }) => level === 'warning') ?? nodeState(looked[0]);
  }
  if (active === undefined) {
    if (answers.every(({ sealed }) => sealed)) return { level: 'warning', word: 'Sealed' };
    return { level: 'warning', word: 'No active node seen' };
  }
  const differs = roleDiffers(member, active);
  if (differs !== undefined) return { level: 'warning', word: differs };
  const troubled = looked.map(nodeState).filter(({ level }) => level !== 'ok').length;
  return troubled > 0
    ? { level: 'warning', word: 'Active, some nodes need a look' }
    : { level: 'ok', word: 'Active' };
}

/** What a cluster says it is, where that is not what the profile says it is. */
function roleDiffers(member: Member, facts: NodeFacts): string | undefined {
  switch (member.role) {
    case 'primary':
      return facts.drMode === 'secondary' ? 'Says it is a DR secondary' : undefined;
    case 'dr-secondary':
      if (facts.drMode === 'primary') return 'Says it is a DR primary';
      return facts.drMode === 'disabled' ? 'Says DR replication is disabled' : undefined;
    case 'performance-secondary':
      return facts.performanceMode === undefined ||
        facts.performanceMode === 'secondary' ||
        facts.performanceMode === 'unknown'
        ? undefined
        : `Says its performance mode is ${facts.performanceMode}`;
  }
}
