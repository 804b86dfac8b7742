import type { ExpiredLeaf } from '../../shared/ceremony/findings.ts';
import type { NodeAddress } from '../../shared/ids.ts';

/**
 * The expired certificates that this ceremony meets now, whichever call met them: each at the node
 * that showed it, until that node is accepted again. In memory only: the next call meets it again.
 */
export class ExpiredSeen {
  readonly #leaves = new Map<NodeAddress, ExpiredLeaf>();
  readonly #onChange: (leaves: readonly ExpiredLeaf[]) => void;

  constructor(onChange: (leaves: readonly ExpiredLeaf[]) => void) {
    this.#onChange = onChange;
  }

  get leaves(): readonly ExpiredLeaf[] {
    return [...this.#leaves.values()];
  }

  /** What a call met at a node. `undefined`: its certificate was accepted. */
  note(node: NodeAddress, expired: ExpiredLeaf | undefined): void {
    if (this.#leaves.get(node)?.leaf === expired?.leaf) return;
    if (expired) this.#leaves.set(node, expired);
    else this.#leaves.delete(node);
    this.#onChange(this.leaves);
  }
}
