/** Requests that wait for each other. */
export class Line {
  readonly #waiting = new Set<() => void>();

  get size(): number {
    return this.#waiting.size;
  }

  /**
   * Stands in line until so many stand there, until one of them stood there so long, until it is released, or until this
   * client leaves.
   */
  stand(until: number, atMostMs: number | undefined, gone: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const timer = atMostMs === undefined ? undefined : setTimeout(() => this.release(), atMostMs);
      const go = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(go);
        resolve();
      };
      this.#waiting.add(go);
      gone.addEventListener('abort', go, { once: true });
      if (this.#waiting.size >= until) this.release();
    });
  }

  /** Lets all of them go at once, in the order in which they came. */
  release(): number {
    const { size } = this;
    for (const go of [...this.#waiting]) go();
    return size;
  }
}
