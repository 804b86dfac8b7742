import type { AfterItem, AfterItemId } from '../../../../../shared/ceremony/aftercare.ts';

/** Why an item matters and what is done for it, for somebody who does it for the first time. */
export const afterAdvice: Readonly<Record<AfterItemId, string>> = {
  login:
    'Ask now, before the key holders leave: does anybody have a login or a token that works on the new primary? What the old primary issued works here too. If nobody can get in, the same holders make a root token on this cluster with their shares, while they are still here.',
  'client-request':
    'Health alone proves nothing to a client. One ordinary request with an ordinary token, on the address that clients use, does.',
  nodes:
    'A standby that stays sealed cannot take over. Each node is unsealed by itself, with the primary’s unseal keys; with auto-unseal, access to the KMS is restored.',
  clients: 'The owner of the load balancer or of DNS points it here, and sees clients arrive.',
  performance:
    'Performance secondaries follow one primary. Where they still look for the old one, they are told the new one’s cluster address.',
  snapshot:
    'Attaching erases whatever only the old primary has. A snapshot is the one way to look for it later. It can be taken only before the demotion; where that is over, going without one is somebody’s decision.',
  writes:
    'What clients wrote to the old primary and it never shipped is not in the new one. The owner of the data knows it and accepts it.',
  demoted:
    'It still believes that it is the primary. Before anything else it is made a secondary that follows nobody.',
  ports:
    'The owner of the network confirms: 8201 between the two clusters in both directions, and 8200 from the old primary to the new one.',
  versions:
    'A cluster cannot follow a newer one. The old primary is upgraded first where it is older.',
  follows:
    'The new primary issues an activation token, good once; the old one takes it, and copies until its state is “stream-wals”.',
  'batch-token':
    'The next failover needs one again. It is the way back, so it is issued on this cluster, at the shift desk of the other direction; its description is made with the same press.',
  'fail-back':
    'The way back is the same flow the other way round: a planned failover from this cluster to the old one. Who decides, and when?',
};

/** Whose name is asked for, where a person’s word settles it. */
export const whoSays: Readonly<Record<AfterItemId, string>> = {
  login: 'Who can log in',
  'client-request': 'Who decides it',
  nodes: 'Who decides it',
  clients: 'Who pointed them here',
  performance: 'Who decides it',
  snapshot: 'Who decides it',
  writes: 'Who accepts the loss',
  demoted: 'Who decides it',
  ports: 'The owner of the network',
  versions: 'Who compared them',
  follows: 'Who decides it',
  'batch-token': 'Who issued it',
  'fail-back': 'Who plans it',
};

export const statusWord: Readonly<Record<AfterItem['status'], string>> = {
  open: 'open',
  done: 'done',
  waived: 'waived',
};
