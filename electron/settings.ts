import { randomBytes } from 'node:crypto';
import Store from 'electron-store';
import type { Comparison } from '../shared/ceremony/lag.ts';
import { profileIdSchema, type ProfileId } from '../shared/ids.ts';
import { Trouble } from '../shared/problem.ts';
import type { Pins, Profile, ProfileDraft } from '../shared/profile.ts';
import { readSettingsFile } from './settings-file.ts';
import {
  parseStoredProfile,
  preferencesSchema,
  type Preferences,
  type SettingsData,
} from './settings-schema.ts';

export interface OpenedSettings {
  readonly settings: Settings;
  /** What could not be read and was put aside, one sentence each, for the person to see. */
  readonly notices: readonly string[];
}

/**
 * Cluster profiles and preferences, in `settings.json` below the data folder. What cannot be read is kept
 * aside under another name, and the rest is used.
 *
 * @param folder an absolute path.
 * @throws Trouble `settings.unreadable` when the folder itself cannot be read or written.
 */
export function openSettings(folder: string, now: () => number = Date.now): OpenedSettings {
  try {
    const { data, notices } = readSettingsFile(folder, now);
    const store = new Store<SettingsData>({
      cwd: folder,
      name: 'settings',
      defaults: data,
      configFileMode: 0o600,
      clearInvalidConfig: false,
      watch: false,
    });
    if (notices.length > 0) store.store = data; // Or the same profile would be put aside every time.
    return { settings: new Settings(store, data), notices };
  } catch (cause) {
    throw notUsable(folder, cause);
  }
}

export class Settings {
  readonly #store: Store<SettingsData>;
  /** The truth while the app runs: a file edited under it is written over at the next change. */
  #data: SettingsData;

  /** Use `openSettings`. */
  constructor(store: Store<SettingsData>, data: SettingsData) {
    this.#store = store;
    this.#data = data;
  }

  listProfiles(): readonly Profile[] {
    return this.#data.profiles;
  }

  /** @throws Trouble `profile.unknown`. */
  profile(id: ProfileId): Profile {
    const found = this.#data.profiles.find((profile) => profile.id === id);
    if (found === undefined) throw unknownProfile(id);
    return found;
  }

  /**
   * Adds a profile, or changes the one with this id; pins and the last comparison stay as they are.
   *
   * @throws Trouble `profile.invalid` (a private key or a password in it, say), `profile.unknown`.
   */
  saveProfile(draft: ProfileDraft, id?: ProfileId): Profile {
    if (id === undefined) {
      const added = checked({ ...draft, id: newId(draft.name), kind: 'real' });
      this.#write({ ...this.#data, profiles: [...this.#data.profiles, added] });
      return added;
    }
    const { kind, pins, lastComparison } = this.profile(id);
    return this.#replace(checked({ ...draft, id, kind, pins, lastComparison }));
  }

  /**
   * Remembers what the first test in daylight saw; `undefined` forgets it.
   *
   * @throws Trouble `profile.unknown`, `profile.invalid`.
   */
  setPins(id: ProfileId, pins: Pins | undefined): Profile {
    return this.#replace(checked({ ...this.profile(id), pins }));
  }

  /**
   * Remembers where primary and secondary stood when both could be read.
   *
   * @throws Trouble `profile.unknown`, `settings.unreadable`.
   */
  setLastComparison(id: ProfileId, lastComparison: Comparison): Profile {
    return this.#replace(checked({ ...this.profile(id), lastComparison }));
  }

  /** @throws Trouble `profile.unknown`. */
  removeProfile(id: ProfileId): void {
    this.profile(id);
    const profiles = this.#data.profiles.filter((profile) => profile.id !== id);
    this.#write({ ...this.#data, profiles });
  }

  preferences(): Preferences {
    return this.#data.preferences;
  }

  setPreferences(preferences: Preferences): void {
    this.#write({ ...this.#data, preferences: preferencesSchema.parse(preferences) });
  }

  #replace(changed: Profile): Profile {
    const profiles = this.#data.profiles.map((old) => (old.id === changed.id ? changed : old));
    this.#write({ ...this.#data, profiles });
    return changed;
  }

  #write(data: SettingsData): void {
    try {
      this.#store.store = data;
    } catch (cause) {
      throw notUsable(this.#store.path, cause);
    }
    this.#data = data;
  }
}

function checked(candidate: unknown): Profile {
  const parsed = parseStoredProfile(candidate);
  if (parsed.ok) return parsed.profile;
  throw new Trouble({
    code: 'profile.invalid',
    known: `This profile cannot be saved: ${parsed.why}.`,
    safe: 'The settings are as they were before.',
    next: 'Correct it and save again.',
  });
}

/** Readable in a file and in a log, and never given twice. */
function newId(name: string): ProfileId {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  return profileIdSchema.parse(`${slug || 'cluster'}-${randomBytes(4).toString('hex')}`);
}

const unknownProfile = (id: ProfileId): Trouble =>
  new Trouble({
    code: 'profile.unknown',
    known: 'There is no cluster profile with this id.',
    safe: 'Nothing was changed.',
    next: 'Choose a cluster from the list.',
    facts: { profile: id },
  });

function notUsable(path: string, cause: unknown): Trouble {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  return new Trouble({
    code: 'settings.unreadable',
    known: 'The settings cannot be read or written.',
    safe: 'Nothing of them was changed. Ceremonies and the keychain are not affected.',
    next: 'Check the permissions of the data folder and the space on its disk, then try again.',
    facts: { path, code },
  });
}
