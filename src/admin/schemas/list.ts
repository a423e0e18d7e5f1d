import { Type } from 'typebox';
import type { TProperties } from 'typebox';

/** The answer of a call that lists: one member with the items of the page, and the number of items on all pages. */
export const listOf = <Items extends TProperties>(items: Items) =>
  Type.Object({ ...items, total: Type.Integer({ description: 'Number of items on all pages' }) });

/** Query members of a call that lists. Default: the first 1000 items. */
export const Paging = {
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 10_000, description: 'Maximum number of items in the answer' }),
  ),
  offset: Type.Optional(Type.Integer({ minimum: 0, description: 'Number of items to skip' })),
};

/** The query of a call that lists without a filter. */
export const PageQuery = Type.Object(Paging, { additionalProperties: false });
