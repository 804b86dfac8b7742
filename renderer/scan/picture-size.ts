export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Bytes of a file in which its size is looked for: before it a camera writes at most a few profiles. */
export const headerBytes = 1024 * 1024;

/**
 * How large a picture would be once it is decoded, by its header alone: a file of a few kilobytes can
 * claim to be gigabytes. Reads PNG, JPEG and WebP; `undefined` for everything else.
 */
export function pictureSize(header: Uint8Array): PictureSize | undefined {
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  try {
    return pngSize(view) ?? webpSize(view) ?? jpegSize(view);
  } catch (thrown) {
    // Cut off within its header.
    if (thrown instanceof RangeError) return undefined;
    throw thrown;
  }
}

function pngSize(view: DataView): PictureSize | undefined {
  if (view.getUint32(0) !== 0x89504e47 || view.getUint32(4) !== 0x0d0a1a0a) return undefined;
  return view.getUint32(12) === tag('IHDR')
    ? { width: view.getUint32(16), height: view.getUint32(20) }
    : undefined;
}

function webpSize(view: DataView): PictureSize | undefined {
  if (view.getUint32(0) !== tag('RIFF') || view.getUint32(8) !== tag('WEBP')) return undefined;
  switch (view.getUint32(12)) {
    case tag('VP8X'):
      return { width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 };
    case tag('VP8L'): {
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case tag('VP8 '):
      return {
        width: view.getUint16(26, true) & 0x3fff,
        height: view.getUint16(28, true) & 0x3fff,
      };
    default:
      return undefined;
  }
}

/** Goes from segment to segment until the one that begins a frame. */
function jpegSize(view: DataView): PictureSize | undefined {
  if (view.getUint16(0) !== 0xffd8) return undefined;
  let at = 2;
  for (;;) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (beginsFrame(marker))
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += 2 + view.getUint16(at + 2);
  }
}

/** SOF0 to SOF15 without the three that are tables (ITU-T T.81, table B.1). */
const beginsFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

const uint24 = (view: DataView, at: number): number =>
  view.getUint16(at, true) + view.getUint8(at + 2) * 0x10000;

const tag = (name: string): number =>
  [...name].reduce((value, letter) => value * 0x100 + letter.charCodeAt(0), 0);
