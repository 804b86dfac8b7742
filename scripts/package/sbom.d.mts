/** CycloneDX 1.6 from a parsed package-lock.json and package.json. The same input gives the same bytes. */
export function billOfMaterials(lock: unknown, manifest: unknown): unknown;
