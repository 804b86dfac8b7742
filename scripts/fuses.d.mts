/** Each of Electron's fuses by its number, and whether it is on. */
export const fuses: Readonly<Record<string, boolean>>;
/** Sets all nine in a packed program and checks them. @throws Error naming the fuse that is not as it should be */
export function setFuses(program: string, resetAdHocDarwinSignature?: boolean): Promise<void>;
