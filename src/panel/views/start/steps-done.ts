import type { Row } from '../../journal/row.js';

/** Which of the first three steps the journal shows: tokens for a code, a call with an expired token, two refreshes. */
export function stepsDone(rows: readonly Row[]): readonly boolean[] {
  const broken = rows.findIndex((row) => isRefresh(row) && row.fault !== undefined);
  return [
    rows.some(({ grantType, status }) => grantType === 'authorization_code' && status === 200),
    rows.some(({ reason }) => reason === 'bearer.expired'),
    broken >= 0 && rows.slice(broken + 1).some(isRefresh),
  ];
}

const isRefresh = ({ grantType }: Row): boolean => grantType === 'refresh_token';
