import encodeQR from 'qr';

/** A text as a QR code: an `<svg>` element, black on white, with its quiet zone. */
export const qrSvg = (text: string): string =>
  encodeQR(text, 'svg', { ecc: 'medium', border: 4, optimize: true });
