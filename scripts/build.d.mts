/** Bundles a TypeScript program for plain Node; `electron` leads to an empty module. */
export function buildNodeMain(entry: string, outDir: string, fileName: string): Promise<unknown>;
/** Builds main for both hosts, a preload and a page for each surface. */
export function buildAll(out?: string): Promise<void>;
export function buildPreload(
  surface: string,
  names: Record<string, { calls: string[]; pushes: string[] }>,
  outDir: string,
): Promise<unknown>;
/** The names of all calls and pushes, by surface. */
export function contractNames(): Promise<Record<string, { calls: string[]; pushes: string[] }>>;
