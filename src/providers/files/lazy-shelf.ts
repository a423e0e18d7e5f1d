import type { Shelf } from './shelf.js';

/** The shelf of one server. Its code, with the template library, is loaded when it is first needed. */
export class LazyShelf {
  #loaded: Promise<Shelf> | undefined;

  load(): Promise<Shelf> {
    return (this.#loaded ??= import('./shelf.js').then(({ Shelf }) => new Shelf()));
  }
}
