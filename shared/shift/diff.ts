/** One line of a comparison of two texts. */
export interface DiffLine {
  readonly kind: 'same' | 'there' | 'wanted';
  readonly text: string;
}

/** Longer texts are shown one after the other: a policy has a few dozen lines. */
const longest = 2000;

/**
 * Two texts line by line: what both have, what only the one on the server has (`there`), and what
 * only the wanted one has. By the longest common subsequence, so that moved lines show as moved.
 */
export function diffOf(there: string, wanted: string): readonly DiffLine[] {
  const left = linesOf(there);
  const right = linesOf(wanted);
  if (left.length * right.length > longest * longest)
    return [...left.map(line('there')), ...right.map(line('wanted'))];
  const common = table(left, right);
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    const a = left[i];
    const b = right[j];
    if (a !== undefined && a === b) {
      lines.push({ kind: 'same', text: a });
      i += 1;
      j += 1;
    } else if (
      b === undefined ||
      (a !== undefined && at(common, i + 1, j) >= at(common, i, j + 1))
    ) {
      lines.push({ kind: 'there', text: a ?? '' });
      i += 1;
    } else {
      lines.push({ kind: 'wanted', text: b });
      j += 1;
    }
  }
  return lines;
}

/** How many lines are common from each pair of places to the ends. */
function table(left: readonly string[], right: readonly string[]): readonly (readonly number[])[] {
  const rows: number[][] = Array.from({ length: left.length + 1 }, () => []);
  for (let i = left.length; i >= 0; i -= 1)
    for (let j = right.length; j >= 0; j -= 1) {
      const row = rows[i] ?? [];
      const isSame = i < left.length && j < right.length && left[i] === right[j];
      row[j] = isSame
        ? at(rows, i + 1, j + 1) + 1
        : Math.max(at(rows, i + 1, j), at(rows, i, j + 1));
    }
  return rows;
}

const at = (rows: readonly (readonly number[])[], i: number, j: number): number =>
  rows[i]?.[j] ?? 0;

const line =
  (kind: DiffLine['kind']) =>
  (text: string): DiffLine => ({ kind, text });

/** Without spaces at the ends of lines and without empty last lines: neither means anything in HCL. */
const linesOf = (text: string): readonly string[] => {
  const lines = text
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((one) => one.trimEnd());
  while (lines.at(-1) === '') lines.pop();
  return lines;
};
