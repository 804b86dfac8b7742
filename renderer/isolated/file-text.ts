/** A file's text as it is; where its bytes are no text (a binary OpenPGP file), their base64. */
export async function fileAsText(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  // Every binary OpenPGP packet begins with a set high bit; text does only where it has a byte order mark.
  const isBinary = ((bytes[0] ?? 0) & 0x80) !== 0 && bytes[0] !== 0xef;
  if (!isBinary) return new TextDecoder().decode(bytes);
  const characters = Array.from(bytes, (byte) => String.fromCharCode(byte));
  return btoa(characters.join(''));
}
