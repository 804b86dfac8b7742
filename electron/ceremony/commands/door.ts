import type { NodeAddress } from '../../../shared/ids.ts';
import { closeDoor, openDoor, probeDoors, putOffDoor, vouchDoor } from '../../failover/door.ts';
import { Commands } from './commands.ts';

/** Vault’s setting `enable_unauthenticated_access`, opened by hand and closed again. */
export class DoorCommands extends Commands {
  open(by: string): Promise<void> {
    return this.command('open-door', 'Writing who opens the door', () => openDoor(this.room, by));
  }

  probe(): Promise<void> {
    return this.command('probe-door', 'Asking every node without a token', () =>
      probeDoors(this.room),
    );
  }

  close(by: string): Promise<void> {
    return this.command('close-door', 'Asking every node without a token', () =>
      closeDoor(this.room, by),
    );
  }

  putOff(by: string, why: string): Promise<void> {
    return this.command('put-off-door', 'Writing why it stays open', () =>
      putOffDoor(this.room, by, why),
    );
  }

  vouch(vouched: { node: NodeAddress; by: string; how: string }): Promise<void> {
    return this.command('vouch-door', 'Writing who looked at it', () =>
      vouchDoor(this.room, vouched),
    );
  }
}
