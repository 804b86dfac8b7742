import { Secret } from '../../shared/secret.ts';
import { entryName, type EntryName, type Keychain, type KeptKind } from './keychain.ts';

/** So many characters fit one entry even where JSON writes each of them as six bytes. */
const partLength = 400;

/** The two places a value takes turns in: the old one is whole until the new one is. */
const places = ['a', 'b'] as const;
type Place = (typeof places)[number];

/**
 * Keeps a value of any length in as many entries as it takes: a keychain takes 2,560 bytes each.
 * Replacing is all or nothing, by one last write that says which place counts.
 * Every method throws what `Keychain` throws.
 */
export class LongValue<K extends KeptKind> {
  readonly #keychain: Keychain;
  readonly #name: string;
  readonly #kind: K;

  constructor(keychain: Keychain, name: string, kind: K) {
    this.#keychain = keychain;
    this.#name = name;
    this.#kind = kind;
  }

  async put(secret: Secret<K>): Promise<void> {
    const old = await this.#place();
    const place = old === 'a' ? 'b' : 'a';
    await this.#clear(place);
    for (const [index, part] of partsOf(secret.expose()).entries())
      await this.#keychain.put(this.#part(place, index), Secret.of(this.#kind, part));
    await this.#keychain.put(this.#pointer(), Secret.of(this.#kind, place));
    if (old !== undefined) await this.#clear(old);
  }

  /** `undefined` where nothing is kept, or where a crash came before it was whole. */
  async get(): Promise<Secret<K> | undefined> {
    const place = await this.#place();
    if (place === undefined) return undefined;
    let text = '';
    for (let index = 0; ; index += 1) {
      const part = await this.#keychain.get(this.#part(place, index), this.#kind);
      if (part === undefined) return index === 0 ? undefined : Secret.of(this.#kind, text);
      text += part.expose();
    }
  }

  /** Whether a whole value is kept, without reading it. */
  async isKept(): Promise<boolean> {
    return (await this.#place()) !== undefined;
  }

  /** What a crash left behind goes too. */
  async remove(): Promise<void> {
    await this.#keychain.remove(this.#pointer());
    for (const place of places) await this.#clear(place);
  }

  /** From the end: a removal that was cut short leaves a beginning, and is found again. */
  async #clear(place: Place): Promise<void> {
    let count = 0;
    while ((await this.#keychain.get(this.#part(place, count), this.#kind)) !== undefined)
      count += 1;
    for (let index = count - 1; index >= 0; index -= 1)
      await this.#keychain.remove(this.#part(place, index));
  }

  async #place(): Promise<Place | undefined> {
    const kept = await this.#keychain.get(this.#pointer(), this.#kind);
    return places.find((place) => place === kept?.expose());
  }

  #pointer(): EntryName {
    return entryName(this.#name);
  }

  #part(place: Place, index: number): EntryName {
    return entryName(`${this.#name}/${place}${index}`);
  }
}

/** Cut between code points: half a surrogate pair does not survive every keychain. */
function partsOf(text: string): readonly string[] {
  const letters = Array.from(text);
  const parts: string[] = [];
  for (let start = 0; start < letters.length; start += partLength)
    parts.push(letters.slice(start, start + partLength).join(''));
  return parts;
}
