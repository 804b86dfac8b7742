export interface Evidence {
  readonly file: string;
  readonly titles: readonly string[];
  readonly skip: string | undefined;
}
export interface Claim {
  readonly title: string;
  readonly argument: string;
  readonly evidence: readonly Evidence[];
  readonly open: readonly string[];
  readonly strange: readonly string[];
}
export function readCase(markdown: string): readonly Claim[];
