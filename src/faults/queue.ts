/** Requests that wait until there are enough of them. */
export class Queue {
  readonly #waiting = new Set<() => void>();

  get size(): number {
    return this.#waiting.size;
  }

  /**
   * Waits until the queue has `until` requests, until one of them has waited `atMostMs`, until the queue is released,
   * or until this client disconnects.
   */
  wait(until: number, atMostMs: number | undefined, gone: AbortSignal): Promise<void> {
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

  /** Releases all requests in their order of arrival. Returns their number. */
  release(): number {
    const { size } = this;
    for (const go of [...this.#waiting]) go();
    return size;
  }
}
