import { ceremonyKind } from '../ceremony/record-kind.ts';
import { partKind } from '../part/record-kind.ts';
import { shiftKind } from '../shift/record-kind.ts';
import { anyKind, type AnyKind, type KindReader } from './kind.ts';

/** Every kind of record there is. The type of a record's first event says which it is. */
const kinds: readonly AnyKind[] = [anyKind(ceremonyKind), anyKind(shiftKind), anyKind(partKind)];

/** The reader for a record that begins with this event. One that no kind begins with is read as a ceremony. */
export const readerFor = (first: unknown): KindReader => {
  const kind = kinds.find(({ opening }) => opening === typeOf(first));
  return (kind ?? anyKind(ceremonyKind)).reader();
};

const typeOf = (event: unknown): unknown =>
  typeof event === 'object' && event !== null && 'type' in event ? event.type : undefined;
