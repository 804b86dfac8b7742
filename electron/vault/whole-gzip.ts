import { createGunzip } from 'node:zlib';

/** Looks whether bytes that pass by are one gzip file, whole to its last byte. Keeps none of them. */
export class WholeGzip {
  readonly #gunzip = createGunzip();
  readonly #closed: Promise<void>;
  #broken = false;

  constructor() {
    this.#closed = new Promise((resolve) => this.#gunzip.once('close', () => resolve()));
    this.#gunzip.on('error', () => (this.#broken = true));
    // What comes out of it is of no interest, and must be taken all the same.
    this.#gunzip.resume();
  }

  /** Resolves once the piece was looked at. */
  async take(piece: Uint8Array): Promise<void> {
    if (this.#broken) return;
    const looked = new Promise<void>((resolve) => this.#gunzip.write(piece, () => resolve()));
    // In the middle of a piece that is no gzip it ends without calling back.
    await Promise.race([looked, this.#closed]);
  }

  /** After the last piece. */
  async isWhole(): Promise<boolean> {
    if (!this.#broken) this.#gunzip.end();
    await this.#closed;
    return !this.#broken;
  }
}
