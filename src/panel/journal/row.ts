/** A journal entry in brief, as lists show it. */
export interface Row {
  readonly id: number;
  /** Virtual time, ISO 8601. */
  readonly at: string;
  /** Real time, ISO 8601. */
  readonly realAt: string;
  readonly provider?: string;
  readonly endpoint: string;
  readonly grantType?: string;
  readonly clientId?: string;
  readonly userId?: string;
  readonly request: { readonly method: string; readonly path: string; readonly host?: string };
  readonly status?: number;
  readonly reason?: string;
  readonly explanation?: string;
  readonly fault?: { readonly id: string; readonly kind: string };
  /** Absent while the request is in progress. */
  readonly durationMs?: number;
  /** The same text for all entries of one flow. */
  readonly flow?: string;
}
