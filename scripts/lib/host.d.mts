export interface ChosenHost {
  readonly kind: 'electron' | 'chromium';
  readonly why: string;
  readonly program?: string;
}
export function chooseHost(options: {
  mayFetch: boolean;
  env?: Readonly<Record<string, string | undefined>>;
}): ChosenHost;
