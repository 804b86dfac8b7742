export interface Results {
  readonly ran: readonly string[];
  readonly missing: readonly string[];
  readonly tests: ReadonlyMap<
    string,
    readonly { readonly name: string; readonly state: 'passed' | 'failed' | 'skipped' }[]
  >;
}
export function readResults(
  folder: string | undefined,
  ran: readonly string[],
  root: string,
): Results;
