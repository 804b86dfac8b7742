import { utf8 } from '@scure/base';

/** One whole line without its line feed, or why it cannot be read as text. */
export type RawLine = { readonly text: string } | { readonly fault: 'not-utf8' | 'line-too-long' };

/** Longer than any line the app writes; it bounds the memory that a hostile file can ask for. */
export const longestLine = 16 * 1024 * 1024;

/** Cuts a file that comes in chunks into lines, holding no more than one line at a time. */
export class LineSplitter {
  #pieces: Uint8Array[] = [];
  #length = 0;

  /** The lines that this chunk completes. */
  *push(chunk: Uint8Array): Generator<RawLine> {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, start)) {
      this.#keep(chunk.subarray(start, end));
      yield this.#take();
      start = end + 1;
    }
    this.#keep(chunk.slice(start)); // A copy: the reader may use the chunk's memory again.
  }

  /** How many bytes stand after the last line feed. */
  get rest(): number {
    return this.#length;
  }

  #keep(piece: Uint8Array): void {
    if (piece.length === 0) return;
    this.#length += piece.length;
    if (this.#length <= longestLine) this.#pieces.push(piece);
    else this.#pieces = [];
  }

  #take(): RawLine {
    const pieces = this.#pieces;
    const length = this.#length;
    this.#pieces = [];
    this.#length = 0;
    if (length > longestLine) return { fault: 'line-too-long' };
    try {
      return { text: utf8.encode(joined(pieces, length)) };
    } catch {
      return { fault: 'not-utf8' };
    }
  }
}

const lineFeed = 0x0a;

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined) return only;
  const whole = new Uint8Array(length);
  let place = 0;
  for (const piece of pieces) {
    whole.set(piece, place);
    place += piece.length;
  }
  return whole;
}
