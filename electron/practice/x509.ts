/**
 * The X.509 library, loaded when the first practice site starts; it finds WebCrypto by itself. One of
 * its parts (tsyringe) asks at load for the metadata half of `Reflect`, of which it needs only "nothing
 * is known"; the shim is in place before the library is read, which is why the import is dynamic.
 */
export async function loadX509(): Promise<typeof import('@peculiar/x509')> {
  if (!('getMetadata' in Reflect)) {
    Object.assign(Reflect, {
      getMetadata: () => undefined,
      getOwnMetadata: () => undefined,
      defineMetadata: () => undefined,
    });
  }
  return import('@peculiar/x509');
}
