/**
 * Characters that are not seen, or that change how their neighbours are seen: control characters,
 * right-to-left and other format marks, fillers, half surrogate pairs. A line feed is seen.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Text from a record for a reader: what would not be seen is named, as `[U+202E]`. Line feeds stay. */
export const visible = (text: string): string =>
  text.replaceAll('\r\n', '\n').replaceAll('\t', ' ').replaceAll(unseen, named);

const named = (character: string): string =>
  character === '\n'
    ? character
    : `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
