import type { JsonSource } from '../admin/json-source.js';
import type { Approval } from '../admin/schemas/authorizations.js';
import type { CodeSelection as CodeSelectionDocument, CodeToMint } from '../admin/schemas/codes.js';
import type { ExamReportOptions } from '../admin/schemas/exam.js';
import type { FamilySelection as FamilySelectionDocument } from '../admin/schemas/lineage.js';
import type { ProviderAnswer } from '../admin/schemas/providers.js';
import type { TokenSelection as TokenSelectionDocument, TokensToMint } from '../admin/schemas/tokens.js';
import type { ProviderUrls, WorldAnswer } from '../admin/schemas/worlds.js';
import type { RuleState } from '../faults/rule.js';
import type { ProviderName } from '../providers/index.js';
import type { FaultRule } from './documents/faults.js';
import type { Match } from './documents/match.js';
import type { OpenName } from '../admin/schemas/open-name.js';

/** The provider of a call. */
export interface At {
  /** A built-in provider, or another provider of the server. */
  readonly provider: OpenName<ProviderName>;
}

/** A world: URLs to configure clients with, and its clock. */
export type WorldInfo = WorldAnswer & { readonly providers: Readonly<Record<ProviderName, ProviderUrls>> };

/** A provider with its paths, policy, quirks and error table. */
export type ProviderInfo = ProviderAnswer;

/** Selects tokens. An omitted member matches every token. */
export type TokenSelection = JsonSource<TokenSelectionDocument>;

/** Selects authorization codes. An omitted member matches every code. */
export type CodeSelection = JsonSource<CodeSelectionDocument>;

/** Selects token families. An omitted member matches every family. */
export type FamilySelection = JsonSource<FamilySelectionDocument>;

/** Tokens to mint. */
export type NewTokens = At & JsonSource<TokensToMint>;

/** An authorization code to mint. */
export type NewCode = At & JsonSource<CodeToMint>;

/** An approval in place of a person. */
export type Approve = At & { readonly id: string } & JsonSource<Approval>;

/**
 * Selects entries by the same match as an expectation. `since`: entries after the entry with this id, or from a point
 * in virtual time on.
 */
export type EntryFilter = JsonSource<Match> & { readonly since?: string | number | undefined };

/** A fault with its counters. */
export type FaultState = Omit<RuleState, 'match' | 'until' | 'fault'> & Pick<FaultRule, 'match' | 'until' | 'fault'>;

/** Selects a page of the journal. `order`: which entry comes first, by default the oldest. */
export type EntryPage = EntryFilter & Page & { readonly order?: 'oldest' | 'newest' | undefined };

/** The format of an exam's report that is a text and no JSON. */
export type ExamTextFormat = Exclude<ExamReportOptions['format'], 'json' | 'sarif'>;

/** Selects a page of a list. Default: the first 1000 items. */
export interface Page {
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
}
