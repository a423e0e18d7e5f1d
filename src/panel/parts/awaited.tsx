import { Loading } from './empty.js';
import { ProblemNote } from './problem-note.js';
import type { JSX } from 'preact';
import type { Data } from '../api/use-data.js';

/** What is shown beside data that is read: why a call failed, and that the first answer has not come yet. */
export function Awaited({ data, problem }: Data<unknown>): JSX.Element {
  return (
    <>
      <ProblemNote problem={problem} />
      {data === undefined && problem === undefined ? <Loading /> : null}
    </>
  );
}
