import type { Noted } from './kind.ts';
import { Collector } from './listed.ts';
import { misleading } from './printable.ts';
import type { Gap, Interruption, Remark } from './report.ts';

/** A silence as long as this is worth a word: half an hour, in milliseconds. */
export const usualGapMs = 30 * 60_000;

/** What an auditor should look at in a record that is otherwise whole. */
export class NotableWatch {
  readonly remarks = new Collector<Remark>();
  readonly gaps = new Collector<Gap>();
  readonly interruptions = new Collector<Interruption>();
  notes = 0;
  readonly #gapMs: number;
  #before: string | undefined;

  constructor(gapMs: number) {
    this.#gapMs = gapMs;
  }

  /** Looks at the clock and at the texts: for events of any version. */
  takeAny(line: number, at: string, event: unknown): void {
    this.#time(line, at);
    for (const { field, text } of textsOf(event, [])) {
      const kind = misleading(text);
      if (kind !== undefined) this.remarks.add({ kind, line, field });
    }
  }

  /** @param after when the last entry it covers was written, where that is the last of all. */
  takeSignature(line: number, at: string, after: string | undefined, by: string): void {
    if (after !== undefined && at < after)
      this.remarks.add({ kind: 'clock-back', line, from: after, to: at });
    const kind = misleading(by);
    if (kind !== undefined) this.remarks.add({ kind, line, field: 'by' });
  }

  /** For events that are known: what their kind says of them. */
  take(line: number, at: string, noted: Noted | undefined): void {
    if (noted?.kind === 'note') this.notes += 1;
    if (noted?.kind === 'interruption') this.interruptions.add({ line, at, what: noted.what });
  }

  #time(line: number, at: string): void {
    const from = this.#before;
    this.#before = at;
    if (from === undefined) return;
    const ms = Date.parse(at) - Date.parse(from);
    if (ms < 0) this.remarks.add({ kind: 'clock-back', line, from, to: at });
    if (ms > this.#gapMs) this.gaps.add({ line, from, to: at, ms });
  }
}

interface Text {
  readonly field: string;
  readonly text: string;
}

/** Every text in a value, keys too, with its place. The value was canonical, so it is not too deep. */
function* textsOf(value: unknown, path: readonly string[]): Generator<Text> {
  if (typeof value === 'string') yield { field: path.join('.'), text: value };
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    const field = [...path, key];
    if (!Array.isArray(value)) yield { field: field.join('.'), text: key };
    yield* textsOf(member, field);
  }
}
