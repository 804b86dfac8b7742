import { createContext, useCallback, useContext, useState, type ReactNode } from 'react';

/*
 * What a person typed into a form and has not saved yet outlives the form: leaving a screen and
 * coming back finds it again. Nothing secret is typed into the guide, so nothing secret is here.
 */
type Drafts = Map<string, unknown>;
const DraftsContext = createContext<Drafts>(new Map());

export function KeepDrafts({ children }: { children: ReactNode }) {
  const [drafts] = useState<Drafts>(() => new Map());
  return <DraftsContext value={drafts}>{children}</DraftsContext>;
}

/** Puts words into a form that is not on the screen yet: a proposal, which a person may change. */
export function usePropose(): (name: string, values: Readonly<Record<string, string>>) => void {
  const drafts = useContext(DraftsContext);
  return useCallback((name, values) => void drafts.set(name, values), [drafts]);
}

/**
 * Like `useState`, under a name that lives as long as the window. `is` tells whether what is kept
 * under that name has the expected shape; `forget` starts afresh.
 */
export function useDraft<T>(
  name: string,
  initial: T,
  is: (value: unknown) => value is T,
): [value: T, set: (value: T) => void, forget: () => void] {
  const drafts = useContext(DraftsContext);
  const [value, setValue] = useState<T>(() => {
    const kept = drafts.get(name);
    return is(kept) ? kept : initial;
  });
  const set = useCallback(
    (next: T) => {
      drafts.set(name, next);
      setValue(next);
    },
    [drafts, name],
  );
  const forget = useCallback(() => {
    drafts.delete(name);
    setValue(initial);
  }, [drafts, name, initial]);
  return [value, set, forget];
}
