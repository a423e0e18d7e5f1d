/**
 * Says why a request had no answer. The error of `fetch` says only `fetch failed`; its cause has the reason, such as
 * `connect ECONNREFUSED 127.0.0.1:8080`.
 */
export function whyUnanswered(error: unknown): string {
  const { message, cause } = error as Error;
  return [message, (cause as Error | undefined)?.message].filter(Boolean).join(': ');
}
