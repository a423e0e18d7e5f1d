import type { JSX } from 'preact';
import type { ApiError } from '../api/api-error.js';

/** Says why a call failed, with each mistake. Nothing if it did not fail. */
export function ProblemNote({ problem }: { readonly problem: ApiError | undefined }): JSX.Element | null {
  if (problem === undefined) return null;
  const { message, mistakes } = problem;
  return (
    <div class="note danger" role="alert">
      <p>{message}</p>
      {mistakes.length === 0 ? null : (
        <ul>
          {mistakes.map((mistake) => (
            <li key={`${mistake.path} ${mistake.message}`}>
              {mistake.path === '' ? null : <code>{mistake.path}</code>} {mistake.message}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
