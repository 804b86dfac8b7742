import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge } from '../../shared/contract/define.ts';
import { callChannel, pushChannel } from './channels.ts';

/** The names that a page may use; main checks them, the sender and the values again. */
interface SliceNames {
  readonly calls: readonly string[];
  readonly pushes: readonly string[];
}

/**
 * Puts `window.keyturn` into one page (Electron security checklist #20 "Do not expose Electron
 * APIs"): a function to ask with and one to listen with, for this surface's own names. The page
 * gets neither a channel nor an event of Electron's.
 */
export function exposeBridge({ calls, pushes }: SliceNames): void {
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  ipcRenderer.on(pushChannel, (_event, name: unknown, text: unknown) => {
    if (typeof name !== 'string' || (typeof text !== 'string' && text !== undefined)) return;
    // A push may say no more than that something changed.
    for (const listener of [...(listeners.get(name) ?? [])])
      listener(text === undefined ? undefined : JSON.parse(text));
  });
  const bridge: Bridge = {
    call(name, payload) {
      if (!calls.includes(name)) return Promise.resolve({ ok: false, problem: notOurs });
      const text = payload === undefined ? undefined : JSON.stringify(payload);
      return ipcRenderer.invoke(callChannel, name, text);
    },
    on(name, listener) {
      if (!pushes.includes(name)) return () => undefined;
      const mine = (payload: unknown): void => listener(payload);
      const known = listeners.get(name) ?? new Set();
      listeners.set(name, known.add(mine));
      return () => known.delete(mine);
    },
  };
  contextBridge.exposeInMainWorld('keyturn', bridge);
}

const notOurs = {
  code: 'contract.refused',
  known: 'This window asked for something that is not its to ask.',
  safe: 'The request was not carried out.',
  next: 'Close this window and open the step again from the guide.',
} as const;
