/** What the clients in a provider's documents do where the protocol leaves a choice. */
export interface ClientConventions {
  /** Where they send their id and secret: in the header `Authorization: Basic`, or in the body. */
  readonly credentials: 'basic' | 'body';
  /** A call of the API that needs no parameters: its path below the base of the API. */
  readonly apiPath: string;
  /** The scopes that a first client asks for. Absent: none. */
  readonly scope?: string;
}
