import { useState } from 'react';
import { useDraft } from '../../app/drafts.tsx';

export interface Fields<N extends string> {
  readonly values: Readonly<Record<N, string>>;
  readonly set: (name: N, value: string) => void;
  /** Takes which fields are right; marks the others. True when all are. */
  readonly check: (right: Readonly<Record<N, boolean>>) => boolean;
  /** The message where the field was found wrong and has not been touched since. */
  readonly wrong: (name: N, message: string) => string | undefined;
  readonly reset: () => void;
}

/** The text fields of one form, kept under a name until the window closes, checked when it is sent. */
export function useFields<N extends string>(
  draft: string,
  initial: Readonly<Record<N, string>>,
): Fields<N> {
  const [start] = useState(initial);
  const [values, setValues, forget] = useDraft(draft, start, isLike(start));
  const [marked, setMarked] = useState<ReadonlySet<N>>(new Set());

  const set = (name: N, value: string) => {
    setValues({ ...values, [name]: value });
    setMarked(new Set([...marked].filter((one) => one !== name)));
  };
  const check = (right: Readonly<Record<N, boolean>>) => {
    const wrongNames = namesOf(start).filter((name) => !right[name]);
    setMarked(new Set(wrongNames));
    return wrongNames.length === 0;
  };
  const reset = () => {
    setMarked(new Set());
    forget();
  };
  const wrong = (name: N, message: string) => (marked.has(name) ? message : undefined);
  return { values, set, check, wrong, reset };
}

const isLike =
  <N extends string>(start: Readonly<Record<N, string>>) =>
  (value: unknown): value is Readonly<Record<N, string>> =>
    typeof value === 'object' &&
    value !== null &&
    Object.keys(start).every(
      (name) => typeof Object.entries(value).find(([n]) => n === name)?.[1] === 'string',
    );

const namesOf = <N extends string>(record: Readonly<Record<N, string>>): readonly N[] => {
  const names: N[] = [];
  for (const name in record) names.push(name);
  return names;
};
