import type { AfterTask } from '../../shared/ceremony/aftercare.ts';

/** What one errand of the checklist after the promotion says on its page. */
export interface AfterWords {
  readonly title: string;
  readonly about: readonly string[];
  readonly label: string;
  readonly verb: string;
  readonly done: string;
}

/** @param cluster the promoted cluster's name. @param target what the token goes to, as main says. */
export function afterWords(kind: AfterTask['kind'], cluster: string, target: string): AfterWords {
  switch (kind) {
    case 'client-request':
      return {
        title: 'Ask as a client asks',
        about: [
          `An ordinary token of ${cluster}, such as a client has. One lookup-self goes to ${target}, the address that clients use. Nothing is changed.`,
          forgotten,
        ],
        label: 'Token of a client',
        verb: 'Ask with this token',
        done: 'It was answered, and the token is forgotten.',
      };
    case 'snapshot':
      return {
        title: 'Take a snapshot of the old primary',
        about: [
          `A token of the old primary that may read sys/storage/raft/snapshot. The snapshot goes into ${target}. The old primary is not changed.`,
          forgotten,
        ],
        label: 'Token of the old primary',
        verb: 'Take the snapshot',
        done: 'The snapshot is kept, and the token is forgotten.',
      };
    case 'demote':
      return {
        title: 'Demote the old primary',
        about: [
          `The old primary (${target}) came back and still takes itself for the primary. It stops serving at once and becomes a secondary that follows nobody. It is sent once.`,
          `A token of the old primary that may do this: a root token, or update and sudo on sys/replication/dr/primary/demote. ${forgotten}`,
        ],
        label: 'Token of the old primary',
        verb: 'Demote the old primary with this token',
        done: 'It was sent, and the token is forgotten. The guide shows what the old primary says of itself.',
      };
    case 'activate':
      return {
        title: 'Get an activation token',
        about: [
          `A token of ${cluster}, the new primary, with update and sudo on sys/replication/dr/primary/secondary-token. The activation token that comes back stays in this app’s memory for the next step, and is not shown.`,
          forgotten,
        ],
        label: 'Token of the new primary',
        verb: 'Get the activation token',
        done: 'The guide shows whether it was issued. The token entered is forgotten.',
      };
    case 'attach':
      return {
        title: 'Attach the old primary',
        about: [
          `The old primary (${target}) is a DR secondary now: it takes a DR operation token of its own, or an orphan batch token whose policy allows update-primary. What only it has is erased. It is sent once.`,
          forgotten,
        ],
        label: 'DR operation token or batch token',
        verb: 'Attach with this token',
        done: 'It was sent, and the token is forgotten. The guide shows what the old primary says of itself.',
      };
    case 'follow':
      return {
        title: 'Tell the performance secondary its primary',
        about: [
          `A token of the performance secondary itself (${target}), with update on sys/replication/performance/secondary/update-primary. It is sent once.`,
          forgotten,
        ],
        label: 'Token of the performance secondary',
        verb: 'Send the new primary’s address',
        done: 'It was sent, and the token is forgotten. The guide shows what the secondary says of itself.',
      };
  }
}

const forgotten = 'The token is used for this one call and kept nowhere.';
