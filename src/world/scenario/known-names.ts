import type { Provider } from '../../providers/provider.js';
import type { Definitions } from '../definitions.js';

/** Names that a scenario may refer to. This folder must not import `findings/`, so the caller passes their ids. */
export interface KnownNames {
  readonly providers: readonly Provider[];
  readonly findingIds: readonly string[];
}

/** What a scenario file is checked with. */
export interface KnownToFiles extends KnownNames {
  /** Makes the providers that the file defines. */
  readonly definitions: Definitions;
  /** Whether a scenario that extends this one may have definitions of providers from it. */
  readonly inheritsDefinitions: (base: string) => boolean;
}
