/** One character as it is to be written down. */
export interface Written {
  readonly character: string;
  readonly kind: 'digit' | 'capital' | 'small' | 'sign';
  /** Said below the character where handwriting would leave a doubt. */
  readonly name: string | undefined;
  /** The whole name, for reading aloud. */
  readonly spoken: string;
}

/** Capitals that handwriting tells from their small letters by size alone. */
const sameShape = new Set('CKOPSUVWXZ');
/** Characters taken for one another in any hand or face. */
const confusable = new Set('0Oo1lI');

/** The characters of an OTP in groups of four, each with the name that keeps it apart. */
export function groupsOf(value: string): readonly (readonly Written[])[] {
  const groups: Written[][] = [];
  for (const [place, character] of [...value].entries()) {
    if (place % 4 === 0) groups.push([]);
    groups.at(-1)?.push(written(character));
  }
  return groups;
}

/** @param character one character. */
export function written(character: string): Written {
  const kind = kindOf(character);
  const spoken = spokenName(character, kind);
  const doubtful = confusable.has(character) || sameShape.has(character.toUpperCase());
  const name = kind === 'digit' ? spoken : kind;
  return { character, kind, name: doubtful ? name : undefined, spoken };
}

function kindOf(character: string): Written['kind'] {
  if (/^[0-9]$/.test(character)) return 'digit';
  if (/^[A-Z]$/.test(character)) return 'capital';
  if (/^[a-z]$/.test(character)) return 'small';
  return 'sign';
}

function spokenName(character: string, kind: Written['kind']): string {
  switch (kind) {
    case 'digit':
      return digits[Number(character)] ?? character;
    case 'capital':
      return `capital ${character}`;
    case 'small':
      return `small ${character}`;
    case 'sign':
      return signs[character] ?? 'sign';
  }
}

const digits = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const signs: Readonly<Record<string, string>> = { '+': 'plus', '/': 'slash', '=': 'equals' };
