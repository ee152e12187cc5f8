/** A pause that a wake-up ends early. A wake-up while nobody waits ends the next pause at once: none is lost. */
export class WakeableWait {
  #wake: (() => void) | undefined;
  #pending = false;

  wake(): void {
    if (this.#wake === undefined) this.#pending = true;
    else this.#wake();
  }

  /** Resolves with whether a wake-up ended the pause. */
  async sleep(ms: number): Promise<boolean> {
    if (this.#pending) {
      this.#pending = false;
      return true;
    }
    const woken = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
    this.#wake = undefined;
    return woken;
  }
}
