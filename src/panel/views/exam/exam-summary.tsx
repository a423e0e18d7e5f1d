import { titleOf } from '../../api/provider-titles.js';
import { timeInUtc } from '../../format.js';
import { Badge } from '../../parts/badge.js';
import { Card } from '../../parts/page.js';
import { verdicts } from './verdicts.js';
import type { JSX } from 'preact';
import type { ExamState } from '../../../client/index.js';

/** How far an exam is, and how it ended: grade, counts, and why it could not be made. */
export function ExamSummary({ exam }: { readonly exam: ExamState }): JSX.Element {
  const { status, provider = '', startedAt = '', done, total, current, failure, grade, score, counts, notes } = exam;
  return (
    <Card class="exam">
      {status === 'running' ? (
        <progress aria-label="Checks that are done" max={total} value={done} />
      ) : (
        <p class={`exam-grade badge ${grade === null ? 'quiet' : gradeTones[grade]}`} aria-hidden="true">
          {grade ?? '–'}
        </p>
      )}
      <div class="exam-words" role={status === 'running' ? undefined : 'status'}>
        {status === 'running' ? (
          <p>
            {done} of {total}: {current?.title ?? 'the first flow'}
          </p>
        ) : (
          <h2>{failure === undefined ? gradeWords(grade, score) : 'The exam could not be made'}</h2>
        )}
        {failure === undefined ? null : <p class="exam-failure">{failure}</p>}
        {[...notes, ...(status === 'stopped' ? ['The exam was stopped before its last check.'] : [])].map((note) => (
          <p key={note}>{note}</p>
        ))}
        <ul class="actions">
          {verdicts.map(({ name, text, tone }) =>
            counts[name] === 0 ? null : (
              <li key={name}>
                <Badge tone={tone}>
                  {counts[name]} {text}
                </Badge>
              </li>
            ),
          )}
        </ul>
        <p class="quiet small">
          {titleOf(provider)}, begun at {timeInUtc(startedAt)} UTC
        </p>
      </div>
    </Card>
  );
}

const gradeTones = { A: 'good', B: 'good', C: 'warning', D: 'warning', F: 'danger' } as const;

const gradeWords = (grade: ExamState['grade'], score: number | null): string =>
  grade === null ? 'No grade' : `Grade ${grade}, ${score} of 100 points`;
