import type { NodeAddress } from '../ids.ts';
import type { AfterItemId } from './aftercare.ts';
import type { ByHand } from './by-hand.ts';
import type { StateIn } from './state.ts';

/**
 * The commands (bash or zsh) that see to one item of the checklist by hand. No secret stands in a
 * command line: it is asked for hidden and goes by standard input. Empty where nothing is asked of a
 * server. Source: docs/protocol.md §4.1 to §4.5.
 */
export function afterByHand(
  item: AfterItemId,
  { cluster, promotedNode }: StateIn<'aftercare'>,
): readonly ByHand[] {
  const [old] = cluster.primaryNodes;
  switch (item) {
    case 'login':
      return [ask('Log in to the new primary, and look at the token.', promotedNode, lookup)];
    case 'client-request':
      return [
        ask('With the token of a client, on the address that clients use.', undefined, lookup),
      ];
    case 'nodes':
      return cluster.nodes.map((node) =>
        ask(`Look at ${node}. “Sealed” reads false.`, node, {
          vault: 'vault status',
          path: 'sys/seal-status',
        }),
      );
    case 'performance':
      return [
        {
          title:
            'On the performance secondary, with a token of its own: the new primary’s cluster address. Then look at its state.',
          vault:
            "vault write sys/replication/performance/secondary/update-primary update_primary_addrs='NEW-PRIMARY:8201'\nvault read sys/replication/performance/status",
          http: `${body('{"update_primary_addrs":["NEW-PRIMARY:8201"]}')} '${at(undefined)}/v1/sys/replication/performance/secondary/update-primary'`,
        },
      ];
    case 'snapshot':
      return [
        {
          title: 'On the old primary, before it is demoted, with a token of its own.',
          vault: `VAULT_ADDR='${at(old)}' vault operator raft snapshot save old-primary.snap\nsha256sum old-primary.snap`,
          http: `${curl} --output old-primary.snap '${at(old)}/v1/sys/storage/raft/snapshot'\nsha256sum old-primary.snap`,
        },
      ];
    case 'demoted':
      return [
        {
          title: 'On the old primary, with a token of its own. It stops serving at once.',
          vault: `VAULT_ADDR='${at(old)}' vault write -f sys/replication/dr/primary/demote`,
          http: `${body('{}')} '${at(old)}/v1/sys/replication/dr/primary/demote'`,
        },
      ];
    case 'ports':
      return [
        {
          title:
            'From a host of each cluster to every node of the other: 8201 in both directions. From the old primary to the new one also 8200, for the activation.',
          vault: "nc -vz 'OTHER-NODE' 8201\nnc -vz 'NEW-PRIMARY' 8200",
          http: '',
        },
      ];
    case 'versions':
      return [...cluster.nodes.slice(0, 1), ...(old ? [old] : [])].map((node) =>
        ask(`The version of ${node}.`, node, { vault: 'vault status', path: 'sys/health' }),
      );
    case 'follows':
      return attachByHand(promotedNode, old);
    case 'batch-token':
      return [
        {
          title: 'On the new primary. The token is shown: keep it as the site keeps such tokens.',
          vault: `VAULT_ADDR='${promotedNode}' vault token create -role=failover-handler -ttl=8h`,
          http: `${body('{"ttl":"8h"}')} '${promotedNode}/v1/auth/token/create/failover-handler'`,
        },
      ];
    case 'clients':
    case 'writes':
    case 'fail-back':
      return [];
  }
}

function attachByHand(promoted: NodeAddress, old: NodeAddress | undefined): readonly ByHand[] {
  const update = 'sys/replication/dr/secondary/update-primary';
  const json = `printf '{"dr_operation_token":"%s","token":"%s"}' "$DR_TOKEN" "$ACTIVATION"`;
  const hidden = 'read -rs DR_TOKEN\nread -rs ACTIVATION';
  return [
    {
      title: 'On the new primary: an activation token. It is good once, for 30 minutes.',
      vault: `VAULT_ADDR='${promoted}' vault write sys/replication/dr/primary/secondary-token id=old-primary`,
      http: `${body('{"id":"old-primary"}')} '${promoted}/v1/sys/replication/dr/primary/secondary-token'`,
    },
    {
      title:
        'On the old primary, now a DR secondary: a DR operation or batch token, and the activation token, both typed hidden.',
      vault: `${hidden}\n${json} | VAULT_ADDR='${at(old)}' vault write ${update} -`,
      http: `${hidden}\n${json} | curl --cacert "$VAULT_CACERT" --header 'X-Vault-Request: true' --data-binary @- '${at(old)}/v1/${update}'`,
    },
    ask('Then wait until the state is “stream-wals”.', old, {
      vault: 'vault read sys/replication/dr/status',
      path: 'sys/replication/dr/status',
    }),
  ];
}

const lookup = { vault: 'vault token lookup', path: 'auth/token/lookup-self' };

const ask = (
  title: string,
  node: NodeAddress | undefined,
  { vault, path }: { vault: string; path: string },
): ByHand => ({
  title,
  vault: `VAULT_ADDR='${at(node)}' ${vault}`,
  http: `${curl} '${at(node)}/v1/${path}'`,
});

const at = (node: NodeAddress | undefined): string => node ?? 'https://THE-ADDRESS:8200';

/** The token goes by standard input, as a header: `read -rs VAULT_TOKEN` first. */
const curl = `printf 'X-Vault-Token: %s' "$VAULT_TOKEN" | curl --cacert "$VAULT_CACERT" --header 'X-Vault-Request: true' --header @-`;
const body = (json: string): string => `${curl} --data '${json}'`;
