import { brokenJsonRefused } from './broken-json-refused.js';
import { emptyAnswerRefused } from './empty-answer-refused.js';
import { errorWith200Refused } from './error-with-200-refused.js';
import { exchange429NotRepeated } from './exchange-429-not-repeated.js';
import { exchange500Survived } from './exchange-500-survived.js';
import { exchangeResetSurvived } from './exchange-reset-survived.js';
import { expiresInAsText } from './expires-in-as-text.js';
import { expiresInHuge } from './expires-in-huge.js';
import { expiresInMissing } from './expires-in-missing.js';
import { expiresInNegative } from './expires-in-negative.js';
import { expiresInZero } from './expires-in-zero.js';
import { gzipAnswerRead } from './gzip-answer-read.js';
import { hangingAnswerBlocksNobody } from './hanging-answer-blocks-nobody.js';
import { htmlWith200Refused } from './html-with-200-refused.js';
import { megabyteAnswerSurvived } from './megabyte-answer-survived.js';
import { narrowerScope } from './narrower-scope.js';
import { noAccessTokenRefused } from './no-access-token-refused.js';
import { noRefreshToken } from './no-refresh-token.js';
import { noScopeMember } from './no-scope-member.js';
import { refusedExchangeNotRepeated } from './refused-exchange-not-repeated.js';
import { slowAnswerAwaited } from './slow-answer-awaited.js';
import { tokenRedirectNotFollowed } from './token-redirect-not-followed.js';
import { tokenTypeAnyCase } from './token-type-any-case.js';
import { truncatedAnswerRefused } from './truncated-answer-refused.js';
import { unknownMembersIgnored } from './unknown-members-ignored.js';
import { unknownTokenTypeRefused } from './unknown-token-type-refused.js';
import { wrongContentTypeSurvived } from './wrong-content-type-survived.js';
import type { Check } from '../../check.js';

/** The checks of the group `token-answer`, in the order in which they run. */
export const tokenAnswerChecks: readonly Check[] = [
  unknownMembersIgnored,
  tokenTypeAnyCase,
  unknownTokenTypeRefused,
  expiresInMissing,
  expiresInAsText,
  expiresInZero,
  expiresInNegative,
  expiresInHuge,
  noRefreshToken,
  noScopeMember,
  narrowerScope,
  noAccessTokenRefused,
  htmlWith200Refused,
  errorWith200Refused,
  brokenJsonRefused,
  emptyAnswerRefused,
  wrongContentTypeSurvived,
  megabyteAnswerSurvived,
  gzipAnswerRead,
  truncatedAnswerRefused,
  exchangeResetSurvived,
  slowAnswerAwaited,
  hangingAnswerBlocksNobody,
  exchange500Survived,
  exchange429NotRepeated,
  refusedExchangeNotRepeated,
  tokenRedirectNotFollowed,
];
