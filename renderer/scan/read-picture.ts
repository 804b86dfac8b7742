import { decodeQR } from 'qr/decode.js';
import { headerBytes, pictureSize } from './picture-size.ts';

/** Bytes of a picture or text file that is opened at all. */
export const largestFile = 12 * 1024 * 1024;
/** Longer sides are drawn smaller: a code that fills a tenth of the picture is still read. */
const longestSide = 2000;

/** Pixels of a picture that is decoded at all: more than a telephone's camera takes. */
export const mostPixels = 64_000_000;

export type Seen =
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'no-code' }
  /** It would be far larger once it is decoded. It was not. */
  | { readonly kind: 'too-large' }
  /** PNG, JPEG and WebP are read. */
  | { readonly kind: 'not-a-picture' };

/** What a picture's QR code says. */
export async function readPicture(file: Blob): Promise<Seen> {
  const size = pictureSize(new Uint8Array(await file.slice(0, headerBytes).arrayBuffer()));
  if (size === undefined) return { kind: 'not-a-picture' };
  if (size.width * size.height > mostPixels) return { kind: 'too-large' };
  const text = await codeIn(file);
  return text === undefined ? { kind: 'no-code' } : { kind: 'code', text };
}

async function codeIn(file: Blob): Promise<string | undefined> {
  const bitmap = await createImageBitmap(file).catch(() => undefined);
  if (bitmap === undefined) return undefined;
  const scale = Math.min(1, longestSide / Math.max(bitmap.width, bitmap.height));
  const pixels = draw(bitmap, bitmap.width * scale, bitmap.height * scale);
  bitmap.close();
  return pixels && decode(pixels, { effort: Infinity, timeLimit: 3000 });
}

/** What the camera sees now; `undefined` where it is no code. */
export function readFrame(video: HTMLVideoElement): string | undefined {
  const { videoWidth, videoHeight } = video;
  if (videoWidth === 0) return undefined;
  const pixels = draw(video, videoWidth, videoHeight);
  return pixels && decode(pixels, {});
}

function draw(source: CanvasImageSource, width: number, height: number): ImageData | undefined {
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(width)),
    Math.max(1, Math.round(height)),
  );
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return undefined;
  // A transparent picture gets a white ground, as on paper.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

function decode(
  { width, height, data }: ImageData,
  options: { effort?: number; timeLimit?: number },
): string | undefined {
  try {
    return decodeQR({ width, height, data }, options);
  } catch {
    return undefined;
  }
}
