import { useEffect, useEffectEvent } from 'react';
import { useBridge, type GuidePush, type Pushed } from './client.ts';

/** Listens to one of main's pushes for as long as the screen is shown. */
export function usePush<N extends GuidePush>(
  name: N,
  listener: (payload: Pushed<N>) => void,
): void {
  const client = useBridge();
  const listen = useEffectEvent(listener);
  useEffect(() => client.on(name, (payload) => listen(payload)), [client, name]);
}
