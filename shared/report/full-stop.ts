/** A text with a full stop where it has none: after its last word, inside or outside of quotation marks. */
export const closed = (text: string): string =>
  /[.!?…]["'”’)\]]*\s*$/.test(text) ? text.trimEnd() : `${text.trimEnd()}.`;
