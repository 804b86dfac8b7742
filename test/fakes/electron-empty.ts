/** Stands in for `electron` where code that only mentions it (electron-store) runs on plain Node. */
export default {};
export const app = undefined;
export const ipcMain = undefined;
export const shell = undefined;
