import type { SeenRequest } from './seen-request.js';

/** What a check found out. `warned`: no clause forbids it, but it is likely to cause failures. */
export interface Judgement {
  readonly verdict: 'passed' | 'failed' | 'warned';
  /** What the client did, in one or two sentences without secrets. */
  readonly explanation: string;
  /** The requests that prove it. */
  readonly evidence: readonly SeenRequest[];
}

/** The client did what the check asks for. */
export function passed(explanation: string, evidence: readonly SeenRequest[] = []): Judgement {
  return { verdict: 'passed', explanation, evidence };
}

/** The client did something else, and the evidence proves it. */
export function failed(explanation: string, evidence: readonly SeenRequest[] = []): Judgement {
  return { verdict: 'failed', explanation, evidence };
}

/** The client did something that no clause forbids, but that is likely to cause failures. */
export function warned(explanation: string, evidence: readonly SeenRequest[] = []): Judgement {
  return { verdict: 'warned', explanation, evidence };
}

/** Thrown by a check if the client never did what the check looks at. */
export class NotSeen extends Error {
  override readonly name = 'NotSeen';
}
