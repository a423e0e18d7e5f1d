import { checkKind, checkObject, checkOptions } from '../arguments.js';
import { queryString } from '../http.js';
import type { ExamOrder, ExamState } from '../../admin/schemas/exam.js';
import type { ExamCheck } from '../../admin/schemas/exam-result.js';
import type { ExamTextFormat } from '../documents.js';
import type { AdminCall } from '../http.js';

/** The calls about the exam of an application. */
export const examOf = (call: AdminCall) => ({
  /** Begins an exam. The world is reset for each check, and has its state again afterwards, except its journal. */
  start: async (options: ExamOrder): Promise<ExamState> => {
    checkObject('exam.start', 'options', options, 'an object with provider, connect and call');
    return call('POST', '/exam', options);
  },
  /** Reads the exam that runs, or else the last one. `brief`: checks have no requests. */
  state: async (options: { readonly brief?: boolean } = {}): Promise<ExamState> => {
    checkOptions<typeof options>('exam.state', options, { brief: 'true or false' });
    return call('GET', `/exam${queryString(options)}`);
  },
  /** Reads one check of it, with its requests. */
  check: async (id: string): Promise<ExamCheck> => {
    checkKind('exam.check', 'id', id, 'a text');
    return call('GET', `/exam/checks/${encodeURIComponent(id)}`);
  },
  /** Writes the result of the last exam as a text. Default: one page of HTML. */
  report: async (format: ExamTextFormat = 'html'): Promise<string> => {
    checkKind('exam.report', 'format', format, 'a text');
    return call('GET', `/exam/report${queryString({ format })}`);
  },
  /** Stops the exam that runs: it ends with what is known. */
  stop: (): Promise<ExamState> => call('DELETE', '/exam'),
});
