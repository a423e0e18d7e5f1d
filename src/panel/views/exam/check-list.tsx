import { capital } from '../../format.js';
import { Link, filter } from '../../navigation.js';
import { Badge } from '../../parts/badge.js';
import { CheckDetails } from './check-details.js';
import { verdicts } from './verdicts.js';
import type { JSX } from 'preact';
import type { ExamState } from '../../../client/index.js';

/** The checks that are done, by verdict. One of them is open. Those that need no action are folded. */
export function CheckList({ exam: { checks, provider } }: { readonly exam: ExamState }): JSX.Element {
  const opened = filter('check');
  return (
    <>
      {verdicts.map(({ name, text, tone, isFolded }) => {
        const found = checks.filter(({ verdict }) => verdict === name);
        if (found.length === 0) return null;
        return (
          <details key={name} class="card fold" open={isFolded !== true || found.some(({ id }) => id === opened)}>
            <summary>
              <Badge tone={tone}>
                {found.length} {text}
              </Badge>
            </summary>
            <ul class="exam-checks">
              {found.map(({ id, title, explanation }) => (
                <li key={id}>
                  <h2>
                    <Link filters={id === opened ? {} : { check: id }} isExpanded={id === opened}>
                      {title}
                    </Link>
                  </h2>
                  <p>{capital(explanation)}</p>
                  {id === opened ? <CheckDetails {...{ id, provider }} /> : null}
                </li>
              ))}
            </ul>
          </details>
        );
      })}
    </>
  );
}
