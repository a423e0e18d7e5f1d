import { defineRule } from '../rule.js';
import type { ObservedRequest } from '../observed-request.js';

export const wrongContentType = defineRule({
  id: 'wrong-content-type',
  severity: 'error',
  verdict: 'A token request had a content type that the provider does not accept.',
  clause: 'RFC 6749 §4.1.3, §6, Appendix B',
  advice: 'Send the parameters as application/x-www-form-urlencoded.',
  spares:
    'A warning if the request succeeded without the body: the provider took all parameters from the query. Not ' +
    'reported if the provider accepts the content type (DottedSign accepts JSON), or if there is no body.',
  judge: ({ all }) =>
    all
      .filter(({ entry }) => ['token', 'revoke', 'introspect'].includes(entry.endpoint) && hasUnreadBody(entry))
      .map((seen) => ({
        by: [seen],
        ...(seen.entry.reason === undefined ? { severity: 'warning' as const } : {}),
        says: `The Content-Type of the request is ${seen.header('content-type') ?? 'missing'}.`,
      })),
});

/** Whether the body of a request was refused for its type, or was left unread. */
function hasUnreadBody({ reason, isBodyUnread }: ObservedRequest['entry']): boolean {
  return isBodyUnread || reason?.startsWith('request.content-type-') === true;
}
