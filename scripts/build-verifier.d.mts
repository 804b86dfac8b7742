/** Builds out/verifier/keyturn-verify.mjs and returns its path. */
export function buildVerifier(outDir?: string): Promise<string>;
/** The same with OpenPGP inside: keyturn-verify-openpgp.mjs. */
export function buildVerifierWithOpenPgp(outDir?: string): Promise<string>;
