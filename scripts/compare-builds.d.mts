export interface Difference {
  readonly how: 'only in the first' | 'only in the second' | 'differs' | 'differs only in order';
  readonly path: string;
}
/** Compares two folders byte for byte, and looks into archives that differ. */
export function compareBuilds(
  a: string,
  b: string,
): Promise<{ files: number; differences: Difference[] }>;
