// This file imports nothing: the isolated share-entry page bundles it and little else.

export interface Packet {
  readonly tag: number;
  readonly body: Uint8Array;
}

/**
 * The packets of an OpenPGP message, one after the other (RFC 9580 §4.2, with the old format and
 * partial lengths). `undefined` where they do not end exactly at the last byte: something is
 * missing, or this is no OpenPGP at all.
 */
export function packetsOf(bytes: Uint8Array): readonly Packet[] | undefined {
  const packets: Packet[] = [];
  let at = 0;
  while (at < bytes.length) {
    const read = packetAt(bytes, at);
    if (read === undefined) return undefined;
    packets.push(read.packet);
    at = read.end;
  }
  return packets;
}

function packetAt(bytes: Uint8Array, start: number): { packet: Packet; end: number } | undefined {
  const first = bytes[start];
  if (first === undefined || (first & 0x80) === 0) return undefined;
  return (first & 0x40) === 0
    ? oldFormat(bytes, start, first)
    : newFormat(bytes, start, first & 0x3f);
}

function oldFormat(bytes: Uint8Array, start: number, first: number) {
  const tag = (first >> 2) & 0x0f;
  const octets = [1, 2, 4, 0][first & 0x03] ?? 0;
  const from = start + 1 + octets;
  // Without a length the packet goes on to the end.
  const length = octets === 0 ? bytes.length - from : numberAt(bytes, start + 1, octets);
  return whole(bytes, tag, from, length);
}

function newFormat(bytes: Uint8Array, start: number, tag: number) {
  const chunks: number[] = [];
  let at = start + 1;
  for (;;) {
    const first = bytes[at];
    if (first === undefined) return undefined;
    const partial = first >= 224 && first < 255;
    const octets = first < 192 || partial ? 1 : first === 255 ? 5 : 2;
    const length = partial
      ? 2 ** (first & 0x1f)
      : octets === 1
        ? first
        : octets === 5
          ? numberAt(bytes, at + 1, 4)
          : ((first - 192) << 8) + (bytes[at + 1] ?? 0) + 192;
    const part = whole(bytes, tag, at + octets, length);
    if (part === undefined) return undefined;
    chunks.push(...part.packet.body);
    at = part.end;
    if (!partial) return { packet: { tag, body: Uint8Array.from(chunks) }, end: at };
  }
}

function whole(bytes: Uint8Array, tag: number, from: number, length: number) {
  const end = from + length;
  if (from > bytes.length || end > bytes.length) return undefined;
  return { packet: { tag, body: bytes.subarray(from, end) }, end };
}

const numberAt = (bytes: Uint8Array, at: number, octets: number): number =>
  bytes.subarray(at, at + octets).reduce((value, byte) => value * 256 + byte, 0);
