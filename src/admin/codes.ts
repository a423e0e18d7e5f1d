import { mintCode } from './mint-code.js';
import { codeView } from './code-view.js';
import { page } from './paging.js';
import { requireKnown } from './require-known.js';
import { defineRoute } from './route.js';
import { CodeSelectionSchema, CodeView, CodesQuery, CodesView, MintCodeBody } from './schemas/codes.js';
import { ExpiredCountView } from './schemas/tokens.js';
import { isSelected } from './selection.js';
import type { AuthorizationCode } from '../core/model.js';
import type { Realm } from '../core/realm.js';
import type { CodeSelection } from './schemas/codes.js';

const path = '/providers/:provider/codes';
const tag = 'codes';

/** Finds the selected codes, in order of issue. */
function selectCodes(realm: Realm, selection: CodeSelection): AuthorizationCode[] {
  const { code } = selection;
  return (code === undefined ? [...realm.codes.values()] : [realm.codes.get(code)])
    .filter((each) => each !== undefined)
    .filter(isSelected(realm, selection));
}

/** Calls that show authorization codes, mint them without a browser, and expire them. */
export const codeRoutes = [
  defineRoute({
    method: 'GET',
    path,
    tag,
    summary: 'List authorization codes',
    query: CodesQuery,
    answers: { 200: CodesView },
    handle({ provider, query }) {
      const { realm } = provider();
      const { items, total } = page(selectCodes(realm, query), query);
      return { codes: items.map((code) => codeView(realm, code)), total };
    },
  }),
  defineRoute({
    method: 'POST',
    path,
    tag,
    summary: 'Mint an authorization code without a browser',
    body: MintCodeBody,
    answers: { 201: CodeView },
    handle({ provider, body, reply }) {
      const { realm } = provider();
      const code = mintCode(realm, body);
      reply.code(201);
      return codeView(realm, code);
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
