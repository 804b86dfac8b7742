import { createContext, useContext } from 'react';
import type { CallName, PushName } from '../../../shared/contract.ts';
import type { PushOf, ReplyOf, RequestOf } from '../../../shared/contract/define.ts';
import { guide } from '../../../shared/contract/guide.ts';
import { connect, type Client } from '../../bridge.ts';

export type GuideClient = Client<typeof guide>;
export type GuideCall = CallName<'guide'>;
export type GuidePush = PushName<'guide'>;
export type Asked<N extends GuideCall> = RequestOf<(typeof guide)['calls'][N]>;
export type Answered<N extends GuideCall> = ReplyOf<(typeof guide)['calls'][N]>;
export type Pushed<N extends GuidePush> = PushOf<(typeof guide)['pushes'][N]>;

/** The guide's way to main, over what the host put on `window.keyturn`. */
export const connectGuide = (): GuideClient => connect(guide);

export const ClientContext = createContext<GuideClient | undefined>(undefined);

/** The guide's client. Throws outside of `<ClientContext>`, which is a mistake in this program. */
export function useBridge(): GuideClient {
  const client = useContext(ClientContext);
  if (!client) throw new Error('useBridge needs a ClientContext above it.');
  return client;
}
