import type { Provider } from '../../providers/provider.js';

/** Names that a scenario may refer to. This folder must not import `findings/`, so the caller passes their ids. */
export interface KnownNames {
  readonly providers: readonly Provider[];
  readonly findingIds: readonly string[];
}
