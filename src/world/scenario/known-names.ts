import type { Provider } from '../../providers/provider.js';

/** Names that a scenario may refer to. Findings lie above this room, so the composition hands in their ids. */
export interface KnownNames {
  readonly providers: readonly Provider[];
  readonly findingIds: readonly string[];
}
