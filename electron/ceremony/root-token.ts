import { samePerson } from '../../shared/ceremony/people.ts';
import type { EventOf } from '../../shared/ceremony/events.ts';
import type { Secret } from '../../shared/secret.ts';
import { ruleTrouble } from './ceremony-log.ts';
import type { Room } from './room.ts';

/**
 * The root token, for a page that shows it once. The event is on disk before it is handed over.
 *
 * @throws Trouble `rule.not-now` where one person alone asks, or it is not in the keychain.
 */
export async function showToken(
  room: Room,
  to: string,
  agreedBy: string,
): Promise<Secret<'root-token'>> {
  room.log.in('in-hand');
  if (samePerson(to, agreedBy))
    throw ruleTrouble('A root token is shown only after a second person agreed.');
  const token = await room.secrets.token('root-token');
  if (!token) throw ruleTrouble('The root token is not in the keychain.');
  await room.log.append({ type: 'token.shown', to, agreedBy });
  return token;
}

/** Keeps it for a while: the ceremony stays open, and Home reminds of it, until it is revoked. */
export async function storeToken(
  room: Room,
  stored: Omit<EventOf<'token.stored'>, 'type'>,
): Promise<void> {
  room.log.in('in-hand');
  if (!(await room.secrets.token('root-token')))
    throw ruleTrouble('The root token is not in the keychain.');
  await room.log.append({ type: 'token.stored', ...stored });
}
