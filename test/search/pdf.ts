import { inflateSync } from 'node:zlib';

/**
 * What a PDF says: its streams unpacked, and the text of its pages as Unicode. Chromium writes text as
 * numbers of glyphs, with a table beside each font that says which character a glyph is.
 */
export function readPdf(bytes: Uint8Array): { readonly streams: Buffer; readonly text: string } {
  const file = Buffer.from(bytes);
  const objects = objectsOf(file);
  const streams = [...objects.values()].map(({ stream }) => stream);
  const fonts = fontsOf(objects);
  const text = streams
    .map((stream) => stream.toString('latin1'))
    .filter((stream) => /\bBT\b/.test(stream))
    .map((page) => textOf(page, fonts))
    .join('\n');
  return { streams: Buffer.concat(streams), text };
}

interface PdfObject {
  readonly head: string;
  readonly stream: Buffer;
}
type Glyphs = ReadonlyMap<string, string>;

function objectsOf(file: Buffer): ReadonlyMap<number, PdfObject> {
  const text = file.toString('latin1');
  const objects = new Map<number, PdfObject>();
  for (const match of text.matchAll(/(?:^|[\r\n])(\d+) 0 obj\b([\s\S]*?)endobj/g)) {
    const body = match[2] ?? '';
    const split = /\bstream\r?\n/.exec(body);
    const head = split ? body.slice(0, split.index) : body;
    const from = split ? split.index + split[0].length : body.length;
    const end = body.lastIndexOf('endstream');
    const packed = Buffer.from(body.slice(from, end === -1 ? undefined : end), 'latin1');
    objects.set(Number(match[1]), { head, stream: unpacked(head, packed) });
  }
  return objects;
}

function unpacked(head: string, packed: Buffer): Buffer {
  if (!head.includes('/FlateDecode')) return packed;
  try {
    return inflateSync(packed);
  } catch {
    return packed; // Searched as it is.
  }
}

/** The table of each font, under the name by which pages call it. */
function fontsOf(objects: ReadonlyMap<number, PdfObject>): ReadonlyMap<string, Glyphs> {
  const fonts = new Map<string, Glyphs>();
  for (const { head } of objects.values())
    for (const [, name = '', number] of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const table = /\/ToUnicode (\d+) 0 R/.exec(objects.get(Number(number))?.head ?? '')?.[1];
      const stream = objects.get(Number(table))?.stream;
      if (stream && !fonts.has(name)) fonts.set(name, glyphsOf(stream.toString('latin1')));
    }
  return fonts;
}

/** `beginbfchar` and `beginbfrange` of a ToUnicode table (ISO 32000-1 §9.10.3). */
function glyphsOf(table: string): Glyphs {
  const glyphs = new Map<string, string>();
  for (const [, body = ''] of table.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, glyph = '', text = ''] of body.matchAll(/<([0-9A-F]+)>\s*<([0-9A-F]+)>/gi))
      glyphs.set(glyph.toUpperCase(), fromUtf16(text));
  for (const [, body = ''] of table.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    const lines = body.matchAll(/<([0-9A-F]+)>\s*<([0-9A-F]+)>\s*<([0-9A-F]+)>/gi);
    for (const [, first = '', last = '', text = ''] of lines) {
      const count = Number.parseInt(last, 16) - Number.parseInt(first, 16);
      for (let n = 0; n <= count && n < 0x10000; n += 1) {
        const glyph = (Number.parseInt(first, 16) + n).toString(16).toUpperCase();
        const code = (Number.parseInt(text, 16) + n).toString(16);
        glyphs.set(glyph.padStart(first.length, '0'), fromUtf16(code.padStart(text.length, '0')));
      }
    }
  }
  return glyphs;
}

const fromUtf16 = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');

/** The texts of a page in the order in which they are drawn. */
function textOf(page: string, fonts: ReadonlyMap<string, Glyphs>): string {
  let glyphs: Glyphs = new Map();
  let text = '';
  for (const [token, font, hex, literal] of page.matchAll(
    /\/(F\d+) [\d.]+ Tf|<([0-9A-F]+)>|\(((?:\\.|[^\\)])*)\)|\bBT\b/gi,
  )) {
    if (font !== undefined) glyphs = fonts.get(font) ?? new Map();
    else if (hex !== undefined)
      for (const glyph of hex.match(/.{4}/g) ?? []) text += glyphs.get(glyph.toUpperCase()) ?? '';
    else if (literal !== undefined) text += literal.replace(/\\(.)/g, '$1');
    else if (token === 'BT') text += '\n';
  }
  return text;
}
