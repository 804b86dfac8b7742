/**
 * Characters that are not seen, or that change how their neighbours are seen: control characters,
 * right-to-left and other format marks, line and paragraph separators, half surrogate pairs.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Text from a record, safe to show in a terminal or a table: what is not seen is spelled out. */
export const printable = (text: string): string => text.replaceAll(unseen, spelled);

/** JSON with the same characters as `\u` escapes: it reads back to the same value. */
export const printableJson = (value: unknown): string =>
  JSON.stringify(value).replaceAll(unseen, (character) =>
    Array.from({ length: character.length }, (_, i) => jsonEscape(character.charCodeAt(i))).join(
      '',
    ),
  );

/** As OpenPGP names its keys: `Olga <olga@example.org>`. No tag can be written so. */
const mailAddress = /<[a-z0-9._%+-]+@[a-z0-9.-]+>/gi;

/** What could mislead a reader who sees the text unescaped; a line break or a tab in a note is none. */
export function misleading(text: string): 'unseen-characters' | 'markup' | undefined {
  if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text.replaceAll(/[\t\n]/g, ' ')))
    return 'unseen-characters';
  return /<[a-z!/]/i.test(text.replaceAll(mailAddress, '')) ? 'markup' : undefined;
}

function spelled(character: string): string {
  switch (character) {
    case '\n':
      return '\\n';
    case '\t':
      return '\\t';
    default:
      return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  }
}

const jsonEscape = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`;
