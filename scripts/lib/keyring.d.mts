export interface StartedKeyring {
  readonly env: Readonly<Record<string, string>>;
  /** Folders of this run, for a command that must not see the person's own. */
  readonly home: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}
export function hasKeyring(env?: Readonly<Record<string, string | undefined>>): boolean;
export function startKeyring(): Promise<StartedKeyring>;
