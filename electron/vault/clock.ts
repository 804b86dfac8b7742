/** A machine that believes it is earlier than this has a wrong clock: Keyturn did not exist yet. */
const keyturnIsNotOlderThan = Date.parse('2026-11-01T00:00:00Z');

/** Remembers by how much the servers' clocks differ from ours, from the `Date` of their replies. */
export class ClockWitness {
  readonly now: () => Date;
  #offsetMs: number | undefined;

  constructor(now: () => Date) {
    this.now = now;
  }

  note(serverDate: Date): void {
    this.#offsetMs = serverDate.getTime() - this.now().getTime();
  }

  /** What the last server that answered would show now; undefined where none has answered yet. */
  serverNow(): Date | undefined {
    return this.#offsetMs === undefined
      ? undefined
      : new Date(this.now().getTime() + this.#offsetMs);
  }
}

/**
 * A certificate is outside its dates by our clock: which of the two looks wrong? Another server's
 * clock decides where one is known. Without it, a certificate from the future speaks against our
 * clock (nobody issues those), and an expired one against the certificate.
 */
export function judgeWindow(reading: {
  ourClock: Date;
  notBefore: Date;
  notAfter: Date;
  serverClock: Date | undefined;
}): 'clock' | 'certificate' {
  const { ourClock, notBefore, notAfter, serverClock } = reading;
  if (ourClock.getTime() < keyturnIsNotOlderThan) return 'clock';
  if (serverClock !== undefined) {
    return serverClock >= notBefore && serverClock <= notAfter ? 'clock' : 'certificate';
  }
  return ourClock < notBefore ? 'clock' : 'certificate';
}
