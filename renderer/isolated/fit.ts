/** The largest file that is read at all, in bytes. */
export const longestFile = 64 * 1024;

/** What is wrong with the size of something about to come in; `undefined` when it may. */
export type Unfit = string | undefined;

/**
 * Whether text may be inserted. Asked before the browser lays anything out, so that a megabyte of
 * text neither freezes the page nor replaces what was entered before.
 *
 * @param kept characters in the field that stay. @param incoming characters that would be added.
 */
export function textUnfit(kept: number, incoming: number, longest: number): Unfit {
  if (kept + incoming <= longest) return undefined;
  return (
    `That text has ${count(incoming)} characters, far more than belongs here. ` +
    'It was left out; the field is as it was.'
  );
}

/** Whether a file may be read, by its size in bytes. */
export function fileUnfit(bytes: number): Unfit {
  if (bytes === 0) return 'That file is empty. The field is as it was.';
  if (bytes <= longestFile) return undefined;
  return (
    `That file has ${count(bytes)} bytes; more than ${count(longestFile)} cannot be the right one. ` +
    'It was not opened; the field is as it was.'
  );
}

const count = (value: number): string => value.toLocaleString('en');
