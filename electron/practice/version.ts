/** The release a practice site says it is; behaviour follows it (§0.1). */
export interface VaultVersion {
  readonly major: number;
  readonly minor: number;
  readonly text: string;
}

export function parseVersion(text: string): VaultVersion | undefined {
  const match = /^([1-9][0-9]?)\.([0-9]{1,3})\.[0-9]{1,3}$/.exec(text);
  if (match === null) return undefined;
  return { major: Number(match[1]), minor: Number(match[2]), text };
}

export const isNewer = (one: VaultVersion, other: VaultVersion): boolean =>
  one.major !== other.major ? one.major > other.major : one.minor > other.minor;

/** From 2.0.0 on the calls of an attempt need a token (CVE-2026-5807). */
export const demandsToken = (version: VaultVersion): boolean => version.major >= 2;
