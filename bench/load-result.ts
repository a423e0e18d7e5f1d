/** What a load generator saw. */
export interface Load {
  readonly answers: number;
  readonly seconds: number;
  readonly failed: number;
  /** Its own processor time. */
  readonly cpuSeconds: number;
}
