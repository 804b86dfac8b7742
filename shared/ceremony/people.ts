/** Whether two typed names mean one person: case, width and outer spaces do not make another. */
export const samePerson = (a: string, b: string): boolean => key(a) === key(b);

/** Whether a name stands in a list twice. */
export const anybodyTwice = (names: readonly string[]): boolean =>
  new Set(names.map(key)).size !== names.length;

const key = (name: string): string => name.trim().normalize('NFKC').toLowerCase();
