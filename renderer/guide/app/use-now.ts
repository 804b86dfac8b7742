import { useSyncExternalStore } from 'react';

/** Milliseconds since the epoch, renewed once a second by one timer for the whole guide. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, read, read);
}

let now = Date.now();
const read = (): number => now;
let timer: number | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    now = Date.now();
    timer = window.setInterval(tick, 1000);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === undefined) return;
    window.clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  now = Date.now();
  for (const listener of listeners) listener();
}
