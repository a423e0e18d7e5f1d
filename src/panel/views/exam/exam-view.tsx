import { useState } from 'preact/hooks';
import { call, readText } from '../../api/call.js';
import { useAction } from '../../api/use-action.js';
import { useData } from '../../api/use-data.js';
import { world } from '../../navigation.js';
import { Awaited } from '../../parts/awaited.js';
import { Button } from '../../parts/button.js';
import { download } from '../../parts/download.js';
import { Empty } from '../../parts/empty.js';
import { Page } from '../../parts/page.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { CheckList } from './check-list.js';
import { ExamSummary } from './exam-summary.js';
import { OrderDialog } from './order-dialog.js';
import type { JSX } from 'preact';
import type { ExamState } from '../../../client/index.js';

/** How often a view reads the exam, in milliseconds: a check takes about a second. */
const everyMs = 1000;

/** The view Exam: begins an exam of an application, follows it, and shows what it found out. */
export function ExamView(): JSX.Element {
  const [isOrdering, setOrdering] = useState(false);
  const { data: exam, problem } = useData(() => call<ExamState>('GET', '/exam?brief=true'), [], everyMs);
  const stop = useAction(() => call('DELETE', '/exam'));
  const save = useAction(async () => {
    download(`exam-${world.value}.html`, await readText('/exam/report'), 'text/html');
  });
  const order = (
    <Button
      kind="primary"
      onClick={() => {
        setOrdering(true);
      }}
    >
      Examine an application
    </Button>
  );
  return (
    <Page
      title="Exam"
      lead="The exam drives your application from login to disconnect, through every situation, and grades it."
      actions={
        exam === undefined || exam.status === 'none' ? null : exam.status === 'running' ? (
          <Button kind="danger" isBusy={stop.isBusy} onClick={stop.run}>
            Stop the exam
          </Button>
        ) : (
          <>
            {exam.status === 'failed' || exam.done === 0 ? null : (
              <Button isBusy={save.isBusy} onClick={save.run}>
                Save the report
              </Button>
            )}
            {order}
          </>
        )
      }
    >
      <Awaited data={exam} problem={problem} />
      <ProblemNote problem={stop.problem ?? save.problem} />
      {exam === undefined ? null : exam.status === 'none' ? (
        <Empty title="No application was examined in this world">
          <p>Each check resets the world. Afterwards it has its state again; its journal keeps the requests.</p>
          {order}
        </Empty>
      ) : (
        <>
          <ExamSummary exam={exam} />
          <CheckList exam={exam} />
        </>
      )}
      {isOrdering ? (
        <OrderDialog
          onClose={() => {
            setOrdering(false);
          }}
        />
      ) : null}
    </Page>
  );
}
