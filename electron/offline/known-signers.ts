import { join } from 'node:path';
import { z } from 'zod';
import { digestSchema, instantSchema, personSchema, type Digest } from '../../shared/ids.ts';
import { Trouble, type Problem } from '../../shared/problem.ts';
import { samePerson } from '../../shared/ceremony/people.ts';
import { readRegularFile } from '../transcript/regular-file.ts';
import { replaceFile } from '../transcript/replace.ts';

/** An operator's installation that this laptop knows, and how it came to. */
export const knownSignerSchema = z.strictObject({
  fingerprint: digestSchema,
  /** Whose laptop it is, as it was told. */
  operator: personSchema,
  /** Who compared every word by voice, and who agreed to it: a deviation, by name. */
  comparedBy: personSchema,
  agreedBy: personSchema,
  at: instantSchema,
});
export type KnownSigner = z.infer<typeof knownSignerSchema>;

const fileSchema = z.strictObject({
  v: z.literal(1),
  signers: z.array(knownSignerSchema).max(500),
});

/** Bytes. Five hundred signers with every name at its longest are less than half of it. */
const largestFile = 1024 * 1024;

/** The signers whose invitations are followed: a file in the data folder, without a secret. */
export class KnownSigners {
  readonly #file: string;

  constructor(dataFolder: string) {
    this.#file = join(dataFolder, 'known-signers.json');
  }

  /** @throws Trouble `settings.unreadable` where the file is there and cannot be read as such. */
  async list(): Promise<readonly KnownSigner[]> {
    const bytes = await readRegularFile(this.#file, largestFile).catch(() => {
      throw new Trouble(unreadable);
    });
    if (bytes === undefined) return [];
    const read = fileSchema.safeParse(parseJson(bytes.toString('utf8')));
    if (!read.success) throw new Trouble(unreadable);
    return read.data.signers;
  }

  async fingerprints(): Promise<readonly Digest[]> {
    return (await this.list()).map(({ fingerprint }) => fingerprint);
  }

  /** @throws Trouble `input.invalid` where one person is to be both, `journal.write-failed`. */
  async add(signer: KnownSigner): Promise<void> {
    if (samePerson(signer.comparedBy, signer.agreedBy)) throw new Trouble(comparedAlone);
    const others = (await this.list()).filter((one) => one.fingerprint !== signer.fingerprint);
    const text = JSON.stringify({ v: 1, signers: [...others, signer] });
    try {
      await replaceFile(this.#file, text);
    } catch {
      throw new Trouble(notKept);
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const unreadable: Problem = {
  code: 'settings.unreadable',
  known: 'The list of known operators, known-signers.json in the data folder, cannot be read.',
  safe: 'It was left as it is. No invitation is followed without it.',
  next: 'Move the file away and compare the operator’s fingerprint by voice again.',
};

export const comparedAlone: Problem = {
  code: 'input.invalid',
  known: 'Who compared the words and who agreed are the same person.',
  safe: 'The signer was not taken as known.',
  next: 'Enter the name of a second person.',
};

const notKept: Problem = {
  code: 'journal.write-failed',
  known: 'The list of known operators could not be written.',
  safe: 'The signer was not taken as known.',
  next: 'Check that the disk has room, then try again.',
};
