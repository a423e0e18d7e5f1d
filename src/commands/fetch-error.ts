/** Why a request had no answer, in the words of whoever knows: `fetch failed` alone says nothing. */
export function whyUnanswered(error: unknown): string {
  const { message, cause } = error as Error;
  return [message, (cause as Error | undefined)?.message].filter(Boolean).join(': ');
}
