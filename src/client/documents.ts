import type { JsonSource } from '../admin/json-source.js';
import type { Approval } from '../admin/schemas/authorizations.js';
import type { CodeSelection as CodeSelectionDocument, CodeToMint } from '../admin/schemas/codes.js';
import type { JournalFilter } from '../admin/schemas/journal.js';
import type { FamilySelection as FamilySelectionDocument } from '../admin/schemas/lineage.js';
import type { ProviderAnswer } from '../admin/schemas/providers.js';
import type { TokenSelection as TokenSelectionDocument, TokensToMint } from '../admin/schemas/tokens.js';
import type { ProviderUrls, WorldAnswer } from '../admin/schemas/worlds.js';
import type { ProviderName } from '../providers/index.js';

/** Names the provider that a call is about. */
export interface At {
  /** A provider that comes with Understudy, or any other that the server has. */
  readonly provider: ProviderName | (string & {});
}

/** A world: what clients are configured with, and its clock. */
export type WorldInfo = WorldAnswer & { readonly providers: Readonly<Record<ProviderName, ProviderUrls>> };

/** A provider with everything that is known of it. */
export type ProviderInfo = ProviderAnswer;

/** Which tokens a call is about. A member that is left out matches every token. */
export type TokenSelection = JsonSource<TokenSelectionDocument>;

/** Which authorization codes a call is about. A member that is left out matches every code. */
export type CodeSelection = JsonSource<CodeSelectionDocument>;

/** Which token families are asked for. A member that is left out matches every family. */
export type FamilySelection = JsonSource<FamilySelectionDocument>;

/** Tokens to mint. */
export type NewTokens = At & JsonSource<TokensToMint>;

/** An authorization code to mint. */
export type NewCode = At & JsonSource<CodeToMint>;

/** The decision of a person who allows. */
export type Approve = At & { readonly id: string } & JsonSource<Approval>;

/** Which entries are asked for. `since`: later than the entry with this id, or from a point in virtual time on. */
export type EntryFilter = JsonSource<Omit<JournalFilter, 'since'>> & { readonly since?: string | number | undefined };

/** Which page of a list is asked for. Default: the first 1000 items. */
export interface Page {
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
}
