import type { JSX } from 'preact';
import type { ApiError } from '../api/api-error.js';

/** Says why a call failed, with each mistake. Nothing if it did not fail. */
export function ProblemNote({ problem }: { readonly problem: ApiError | undefined }): JSX.Element | null {
  if (problem === undefined) return null;
  const { message, mistakes } = problem;
  // the server says its mistakes in its message as well
  const isSaid = mistakes.every((mistake) => message.includes(mistake.message));
  return (
    <div class="note danger" role="alert">
      {isSaid && mistakes.length > 1 ? null : <p>{message}</p>}
      {isSaid && mistakes.length < 2 ? null : (
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
