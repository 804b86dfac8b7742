import type { KeychainView } from '../../shared/contract/guide.ts';
import type { Keychain } from '../keychain/keychain.ts';
import { MemoryKeychain } from '../keychain/memory-keychain.ts';
import type { OsKeychain } from '../keychain/os-keychain.ts';

/** Which keychain is in use: the system's, unless a person chose memory for this run. */
export class KeychainChoice {
  /** Whichever is in use at each call: for those who live as long as the app. */
  readonly through: Keychain;
  readonly #os: OsKeychain;
  #memory: MemoryKeychain | undefined;
  #agreedBy: string | undefined;
  #ahead: Promise<KeychainView> | undefined;

  constructor(os: OsKeychain) {
    this.#os = os;
    const inUse = () => this.current;
    this.through = {
      get backend() {
        return inUse().backend;
      },
      probe: () => inUse().probe(),
      put: (entry, secret) => inUse().put(entry, secret),
      get: (entry, kind) => inUse().get(entry, kind),
      remove: (entry) => inUse().remove(entry),
    };
  }

  get current(): Keychain {
    return this.#memory ?? this.#os;
  }

  /** Begins to ask the system's keychain, so that the first screen need not wait for the answer. */
  askAhead(): void {
    this.#ahead = this.view();
    this.#ahead.catch(() => undefined);
  }

  /** What `askAhead` found, once; a later call asks anew. */
  viewAtStart(): Promise<KeychainView> {
    const ahead = this.#ahead ?? this.view();
    this.#ahead = undefined;
    return ahead;
  }

  /** Whether secrets can be kept now, as the screen shows it. */
  async view(): Promise<KeychainView> {
    if (this.#memory) return { state: 'memory' };
    const health = await this.#os.probe();
    switch (health.state) {
      case 'working':
        return { state: 'working', backend: backendName() };
      case 'locked':
        return { state: 'locked', todo: `${health.problem.known} ${health.problem.next}` };
      case 'absent':
        return { state: 'absent', todo: `${health.problem.known} ${health.problem.next}` };
      case 'timeout':
      case 'failed':
        return { state: 'failing', todo: `${health.problem.known} ${health.problem.next}` };
    }
  }

  /** Who chose memory; absent while the system's keychain is in use. */
  get agreedBy(): string | undefined {
    return this.#agreedBy;
  }

  useMemory(agreedBy: string): void {
    this.#agreedBy = agreedBy;
    this.#memory ??= new MemoryKeychain({ acceptsThatACrashEndsTheCeremony: true });
  }
}

function backendName(): string {
  switch (process.platform) {
    case 'darwin':
      return 'macOS Keychain';
    case 'win32':
      return 'Windows Credential Manager';
    default:
      return 'Secret Service (libsecret)';
  }
}
