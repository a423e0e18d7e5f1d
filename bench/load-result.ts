/** The result of a load generator. */
export interface Load {
  readonly answers: number;
  readonly seconds: number;
  readonly failed: number;
}
