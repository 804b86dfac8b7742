/** Below 0: `a` is older than `b`; 0: the same release; `undefined`: one of them is no version. */
export function compareVersions(a: string, b: string): number | undefined {
  const [one, other] = [numbersOf(a), numbersOf(b)];
  if (!one || !other) return undefined;
  for (const place of [0, 1, 2]) {
    const difference = (one[place] ?? 0) - (other[place] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * Whether Vault of this version wants a Vault token with the calls of its DR secondary that were open
 * before 2.0 (docs/protocol.md §0.1). A version that is not known may.
 */
export const mayWantToken = (version: string | undefined): boolean =>
  version === undefined || (compareVersions(version, '2.0.0') ?? 0) >= 0;

/** `1.21.4` of `1.21.4+ent.hsm` or `v1.21.4-rc1`: editions and candidates of one release are alike. */
function numbersOf(version: string): readonly number[] | undefined {
  const found = /^v?(\d{1,4})\.(\d{1,4})\.(\d{1,4})(?![\d.])/.exec(version.trim());
  return found?.slice(1).map(Number);
}
