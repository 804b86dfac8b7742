import { decodeQR } from 'qr/decode.js';

/** Bytes of a picture or text file that is opened at all. */
export const largestFile = 12 * 1024 * 1024;
/** Longer sides are drawn smaller: a code that fills a tenth of the picture is still read. */
const longestSide = 2000;

/** What a picture's QR code says; `undefined` where there is none to be read. */
export async function readPicture(file: Blob): Promise<string | undefined> {
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
