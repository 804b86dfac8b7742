import { createHash } from 'node:crypto';
import { framesOf } from '../../shared/offline/frames.ts';
import type { Parcel } from '../../shared/offline/parcel.ts';
import { Trouble, type Problem } from '../../shared/problem.ts';
import type { Sha256 } from '../../shared/transcript/entry.ts';
import { saveWhole } from './save-file.ts';

/** Something that may leave this laptop as QR codes or as a file. Nothing of it is secret in clear. */
export interface Outgoing {
  readonly parcel: Parcel;
  /** What it is, for the screen. */
  readonly title: string;
  /** What the file is called. */
  readonly fileName: string;
  /** What the file holds, where that is not its frames, one a line. */
  readonly text?: string;
}

export const sha256: Sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** What is ready to leave, by a name. It is kept in memory, and goes with the app. */
export class Parcels {
  readonly #outgoing = new Map<string, Outgoing>();
  readonly #qrSvg: (text: string) => string;

  constructor(qrSvg: (text: string) => string) {
    this.#qrSvg = qrSvg;
  }

  /** @returns the name to ask for it by. */
  add(outgoing: Outgoing): string {
    const name = sha256(outgoing.parcel.bytes).slice(0, 16);
    this.#outgoing.set(name, outgoing);
    return name;
  }

  /** @throws Trouble `rule.not-now` for what is not there (any more). */
  of(name: string): Outgoing {
    const outgoing = this.#outgoing.get(name);
    if (outgoing === undefined) throw new Trouble(notThere);
    return outgoing;
  }

  frames(name: string): readonly string[] {
    return framesOf(this.of(name).parcel, sha256);
  }

  /** The frames as QR codes: `<svg>` elements. */
  pictures(name: string): readonly string[] {
    return this.frames(name).map((frame) => this.#qrSvg(frame));
  }

  /** @returns the file's path. @throws Trouble `export.*`, `rule.not-now`. */
  save(name: string, folder: string): Promise<string> {
    const { fileName, text } = this.of(name);
    const content = text ?? `${this.frames(name).join('\n')}\n`;
    return saveWhole(folder, fileName, Buffer.from(content, 'utf8'));
  }
}

const notThere: Problem = {
  code: 'rule.not-now',
  known: 'What was to be shown is no longer there: Keyturn was started again since.',
  safe: 'Nothing was written.',
  next: 'Make it again.',
};
