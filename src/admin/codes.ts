import { codeStatusOf } from '../core/issue.js';
import { inSlices } from '../world/slices.js';
import { mintCode } from './mint-code.js';
import { codeView } from './code-view.js';
import { page } from './paging.js';
import { requireKnown } from './require-known.js';
import { defineRoute } from './route.js';
import { CodeSelectionSchema, CodeView, CodesQuery, CodesView, MintCodeBody } from './schemas/codes.js';
import { ExpiredCountView } from './schemas/tokens.js';
import { isSelected, selectInSteps } from './selection.js';
import type { AuthorizationCode } from '../core/model.js';
import type { Realm } from '../core/realm.js';
import type { CodeSelection } from './schemas/codes.js';

const path = '/providers/:provider/codes';
const tag = 'codes';

/** All codes, or the one of this text, in order of issue. */
const codesOf = ({ codes }: Realm, { code }: CodeSelection): Iterable<AuthorizationCode> =>
  code === undefined ? codes.values() : [codes.get(code)].filter((found) => found !== undefined);

const selectCodes = (realm: Realm, selection: CodeSelection): AuthorizationCode[] =>
  [...codesOf(realm, selection)].filter(isSelected(realm, selection));

/** Calls that show authorization codes, mint them without a browser, and expire them. */
export const codeRoutes = [
  defineRoute({
    method: 'GET',
    path,
    tag,
    summary: 'List authorization codes',
    query: CodesQuery,
    answers: { 200: CodesView },
    async handle({ world, provider, query }) {
      const { realm } = provider();
      const isMatch = isSelected(realm, query);
      const isWanted = (code: AuthorizationCode): boolean =>
        isMatch(code) && (query.status === undefined || query.status === codeStatusOf(realm, code));
      const selected = await inSlices(selectInSteps(codesOf(realm, query), isWanted));
      const { items, total } = page(selected, query);
      return { codes: items.map((code) => codeView(realm, code, world.fingerprintKey)), total };
    },
  }),
  defineRoute({
    method: 'POST',
    path,
    tag,
    summary: 'Mint an authorization code without a browser',
    body: MintCodeBody,
    answers: { 201: CodeView },
    handle({ world, provider, body, reply }) {
      const { realm } = provider();
      const code = mintCode(realm, body);
      reply.code(201);
      return codeView(realm, code, world.fingerprintKey);
    },
  }),
  defineRoute({
    method: 'POST',
    path: `${path}/expire`,
    tag,
    summary: 'Expire authorization codes now: all, or those that match',
    body: CodeSelectionSchema,
    answers: { 200: ExpiredCountView },
    handle({ provider, body }) {
      const { realm } = provider();
      const alive = requireKnown(realm, body, selectCodes(realm, body)).filter(
        ({ expiresAt, spentAt }) => spentAt === undefined && expiresAt > realm.checkedAt(),
      );
      for (const code of alive) code.expiresAt = realm.checkedAt();
      return { expired: alive.length };
    },
  }),
];
