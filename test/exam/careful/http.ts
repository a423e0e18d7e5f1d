/** An answer that was read whole. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** No answer, or none that can be used. Trying later can help. */
export class NoAnswer extends Error {}

/** The connection was closed, or the time limit passed, before an answer began. */
export class Unanswered extends NoAnswer {}

/** An answer that is longer than any honest one. */
export class TooLong extends NoAnswer {}

/** An answer that ended early. */
export class CutShort extends NoAnswer {
  /** What arrived of the body. */
  readonly part: string;

  constructor(part: string) {
    super('the answer ended early');
    this.part = part;
  }
}

/** Maximum size of an answer, in bytes. */
const longestAnswer = 200_000;

/** How a request is made. */
export interface RequestOptions extends RequestInit {
  readonly timeoutMs: number;
  /** Default: the size that an answer of a token endpoint can have. */
  readonly longest?: number;
}

/**
 * Makes a request. Redirects are not followed: they would carry secrets to another place.
 *
 * @throws NoAnswer
 */
export async function request(
  url: string,
  { timeoutMs, longest = longestAnswer, ...init }: RequestOptions,
): Promise<Answer> {
  let answer: Response | undefined;
  let body = '';
  try {
    answer = await fetch(url, { redirect: 'manual', ...init, signal: AbortSignal.timeout(timeoutMs) });
    for await (const chunk of answer.body ?? []) {
      body += Buffer.from(chunk as Uint8Array).toString('utf8');
      if (body.length > longest) throw new TooLong('the answer is too long');
    }
    return { status: answer.status, headers: answer.headers, body };
  } catch (error) {
    if (error instanceof NoAnswer) throw error;
    throw answer === undefined ? new Unanswered('the provider did not answer') : new CutShort(body);
  }
}

/** Milliseconds that a Retry-After header asks for. Default: one second. */
export function retryAfterMs(headers: Headers): number {
  const seconds = Number(headers.get('retry-after') ?? NaN);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), 3600) * 1000 : 1000;
}
