/** A pause that a wake-up ends early. A wake-up while nobody waits ends the next pause at once: none is lost. */
export class WakeableWait {
  #wake: (() => void) | undefined;
  #pending = false;

  wake(): void {
    if (this.#wake === undefined) this.#pending = true;
    else this.#wake();
  }

  async sleep(ms: number): Promise<void> {
    if (this.#pending) {
      this.#pending = false;
      return;
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = undefined;
  }
}
