import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { pictureSize } from '../../../renderer/scan/picture-size.ts';

const text = (value: string) => Buffer.from(value, 'latin1');
const u16 = (value: number) => Buffer.from([value >> 8, value & 0xff]);
const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const png = (width: number, height: number) =>
  Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    u32(13),
    text('IHDR'),
    u32(width),
    u32(height),
    Buffer.from([1, 0, 0, 0, 0]),
    u32(0),
    deflateSync(Buffer.alloc(1000)),
  ]);
const segment = (marker: number, body: Uint8Array) =>
  Buffer.concat([Buffer.from([0xff, marker]), u16(body.length + 2), body]);
const jpeg = (width: number, height: number) =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    // A small picture within the camera's notes is not the picture.
    segment(0xe1, Buffer.concat([text('Exif\0\0'), jpegFrame(160, 120), Buffer.alloc(500)])),
    segment(0xc4, Buffer.alloc(20)),
    Buffer.from([0xff]),
    jpegFrame(width, height),
  ]);
function jpegFrame(width: number, height: number): Buffer {
  return segment(
    0xc2,
    Buffer.concat([Buffer.from([8]), u16(height), u16(width), Buffer.alloc(10)]),
  );
}
const webp = (kind: string, ...body: readonly number[]) =>
  Buffer.concat([text('RIFF'), u32(0), text('WEBP'), text(kind), u32(0), Buffer.from(body)]);

describe('the size of a picture, by its header', () => {
  it.each([
    ['PNG', png(1200, 900), { width: 1200, height: 900 }],
    ['a PNG that would fill the memory', png(2_000_000, 2_000_000), { width: 2e6, height: 2e6 }],
    ['JPEG', jpeg(4000, 3000), { width: 4000, height: 3000 }],
    [
      'WebP, extended',
      webp('VP8X', 0, 0, 0, 0, 0xff, 0xff, 0, 0x0f, 0x27, 0),
      { width: 65536, height: 10000 },
    ],
    ['WebP, lossless', webp('VP8L', 0x2f, 0xff, 0xff, 0xff, 0x0f), { width: 16384, height: 16384 }],
    [
      'WebP, lossy',
      webp('VP8 ', 0, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0xe0, 0x01),
      { width: 640, height: 480 },
    ],
  ])('%s', (_, bytes, size) => {
    expect(pictureSize(bytes)).toEqual(size);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a text', text('KT1/I/0123456789ABCDEF/1/2')],
    ['a PNG cut off in its header', png(10, 10).subarray(0, 20)],
    ['a JPEG whose segments lead nowhere', Buffer.concat([jpeg(9, 9).subarray(0, 30)])],
    ['a GIF', text('GIF89a\x01\x00\x01\x00')],
  ])('none for %s', (_, bytes) => {
    expect(pictureSize(bytes)).toBeUndefined();
  });
});
