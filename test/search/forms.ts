/** One way in which bytes can be written down. */
export interface Form {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** So many bytes in a row are no accident. */
  readonly window: number;
}

const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const base64url = `${base64.slice(0, 62)}-_`;
const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Every form that is searched for: names for a table, and what `formsOf` makes. */
export const formNames = [
  'plain',
  'reversed',
  'hex',
  'HEX',
  'base64',
  'base64url',
  'base32',
  'UTF-16LE',
] as const;

/** All forms of these bytes. Those with groups stand once for each place in a group where they may begin. */
export function formsOf(bytes: Uint8Array): readonly Form[] {
  const plain = Buffer.from(bytes);
  const printable = /^[\x20-\x7e]+$/.test(plain.toString('latin1'));
  const hex = plain.toString('hex');
  return [
    // Of raw bytes 8 in a row are as unlikely as 12 characters of a text.
    form('plain', plain, printable ? 12 : 8),
    form('reversed', Buffer.from(plain).reverse(), printable ? 12 : 8),
    form('hex', Buffer.from(hex), 16),
    form('HEX', Buffer.from(hex.toUpperCase()), 16),
    ...[0, 1, 2].map((offset) => grouped('base64', plain, base64, offset)),
    ...[0, 1, 2].map((offset) => grouped('base64url', plain, base64url, offset)),
    ...[0, 1, 2, 3, 4].map((offset) => grouped('base32', plain, base32, offset)),
    ...(printable ? [form('UTF-16LE', Buffer.from(plain.toString('latin1'), 'utf16le'), 24)] : []),
  ];
}

const form = (name: (typeof formNames)[number], bytes: Uint8Array, window: number): Form => ({
  name,
  bytes,
  window: Math.min(window, bytes.length),
});

/** The characters that depend on these bytes alone where `offset` unknown bytes stand before them. */
function grouped(
  name: (typeof formNames)[number],
  bytes: Uint8Array,
  alphabet: string,
  offset: number,
): Form {
  const bits = Math.log2(alphabet.length);
  const first = Math.ceil((offset * 8) / bits);
  const end = Math.floor(((offset + bytes.length) * 8) / bits);
  const bitAt = (at: number): number =>
    ((bytes[Math.floor(at / 8) - offset] ?? 0) >> (7 - (at % 8))) & 1;
  let text = '';
  for (let place = first; place < end; place += 1) {
    let digit = 0;
    for (let bit = 0; bit < bits; bit += 1) digit = digit * 2 + bitAt(place * bits + bit);
    text += alphabet.charAt(digit);
  }
  return form(name, Buffer.from(text), bits === 5 ? 14 : 12);
}
