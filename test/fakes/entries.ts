import { createHash } from 'node:crypto';
import { eventSchema, type CeremonyEvent } from '../../shared/ceremony/events.ts';
import { genesis, parseLine, sealEntry, type Entry } from '../../shared/transcript/entry.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Events as a journal would hold them: numbered, a minute apart, chained. */
export function entriesOf(
  events: readonly CeremonyEvent[],
  from = new Date('2026-11-23T03:15:00.000Z'),
): readonly Entry<CeremonyEvent>[] {
  const entries: Entry<CeremonyEvent>[] = [];
  for (const event of events) {
    const at = new Date(from.getTime() + entries.length * 60_000).toISOString();
    const prev = entries.at(-1)?.hash ?? genesis;
    const line = sealEntry({ seq: entries.length + 1, at, prev, event }, sha256);
    const read = parseLine(line, eventSchema, sha256);
    if (!read.ok) throw new Error(`The event "${event.type}" is not one: ${read.reason}`);
    entries.push(read.entry);
  }
  return entries;
}
