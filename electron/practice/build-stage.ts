import { Attachment } from './attachment.ts';
import type { Authority } from './certificates.ts';
import { Cluster } from './cluster.ts';
import type { Listener } from './listener.ts';
import type { ClusterKind } from './replica.ts';
import type { Stage } from './stage.ts';
import type { VaultVersion } from './version.ts';
import { WireFaults } from './wire-faults.ts';
import type { World } from './world.ts';

/** The clusters of a site behind their open ports, each attached to the one it follows. */
export function buildStage(
  world: World,
  versions: { readonly primary: VaultVersion; readonly secondary: VaultVersion },
  authority: Authority,
  listeners: {
    readonly primary: Listener;
    readonly nodes: readonly Listener[];
    readonly performance: Listener | undefined;
  },
): Stage {
  const cluster = (
    kind: ClusterKind,
    version: VaultVersion,
    nodes: readonly Listener[],
  ): Cluster => {
    const made = new Cluster(
      world,
      kind,
      version,
      nodes.map((node) => node.address),
      () => {
        for (const node of nodes) node.dropIdle();
      },
    );
    world.clusters.push(made);
    return made;
  };
  const primary = cluster('primary', versions.primary, [listeners.primary]);
  const secondary = cluster('secondary', versions.secondary, listeners.nodes);
  primary.knownSecondaries.add(world.secondaryId);
  secondary.attachTo(new Attachment(primary, world.secondaryId, 0));
  const performance =
    listeners.performance && cluster('performance', versions.primary, [listeners.performance]);
  performance?.attachTo(new Attachment(primary, 'practice-performance', 0));
  return {
    world,
    authority,
    primary,
    secondary,
    performance,
    listeners: [
      listeners.primary,
      ...listeners.nodes,
      ...(listeners.performance === undefined ? [] : [listeners.performance]),
    ],
    wire: new WireFaults(),
    requests: [],
  };
}
