/** Electron's two channels between a preload and main: one to ask, one to be told. */
export const callChannel = 'keyturn:call';
export const pushChannel = 'keyturn:push';
