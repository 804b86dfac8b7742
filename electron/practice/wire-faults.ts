import type { NodeAddress } from '../../shared/ids.ts';
import type { RequestKind } from './request.ts';

/** What can happen to one exchange between the wire and Vault's own code. */
export type WireFault =
  | { readonly kind: 'drop-before' }
  | { readonly kind: 'drop-after' }
  | { readonly kind: 'redirect'; readonly to: string }
  | { readonly kind: 'rate-limit' }
  | { readonly kind: 'half-answer' }
  | { readonly kind: 'slow'; readonly overMs: number }
  | { readonly kind: 'not-vault'; readonly status: 200 | 502 }
  | { readonly kind: 'huge'; readonly bytes: number };

/** Which of the coming requests a fault is meant for. Absent members: any call, any node, once. */
export interface Aim {
  readonly kind?: RequestKind;
  readonly node?: NodeAddress;
  readonly times?: number;
}

interface Waiting {
  readonly fault: WireFault;
  readonly aim: Aim;
  left: number;
}

/** Faults waiting for their request. One request meets at most one of them, the oldest that fits. */
export class WireFaults {
  /** Added before every answer, in milliseconds. */
  latencyMs = 0;
  #waiting: Waiting[] = [];

  add(fault: WireFault, aim: Aim): void {
    this.#waiting.push({ fault, aim, left: aim.times ?? 1 });
  }

  take(kind: RequestKind, node: NodeAddress): WireFault | undefined {
    const next = this.#waiting.find(
      ({ aim }) => (aim.kind ?? kind) === kind && (aim.node ?? node) === node,
    );
    if (next === undefined) return undefined;
    next.left -= 1;
    if (next.left <= 0) this.#waiting = this.#waiting.filter((waiting) => waiting !== next);
    return next.fault;
  }

  clear(): void {
    this.latencyMs = 0;
    this.#waiting = [];
  }
}
