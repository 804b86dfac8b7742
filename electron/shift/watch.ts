/** Well below the shortest time that a warning is about. */
const betweenLooksMs = 15_000;

/**
 * Looks again and again whether a token ends soon. What is left is reckoned from the wall clock at
 * each look, so a machine that slept is right at the first look after it; no timer runs for hours.
 */
export class ShiftWatch {
  readonly #look: () => Promise<void>;
  readonly #timer: NodeJS.Timeout;
  #underWay: Promise<void> | undefined;

  constructor(look: () => Promise<void>) {
    this.#look = look;
    this.#timer = setInterval(() => void this.look(), betweenLooksMs);
    this.#timer.unref();
  }

  /** Looks now: when the machine wakes up, or its clock was set. One look at a time; never rejects. */
  look(): Promise<void> {
    this.#underWay ??= this.#look()
      .catch(() => undefined)
      .finally(() => {
        this.#underWay = undefined;
      });
    return this.#underWay;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
