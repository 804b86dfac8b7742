/** Made by scripts/build.mjs from shared/contract.ts: the names in one surface's slice. */
declare module 'keyturn:slice/*' {
  export const calls: readonly string[];
  export const pushes: readonly string[];
}
