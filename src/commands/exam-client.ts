import { clientOfUrls } from '../exam/client-of-urls.js';
import { credentialVariables } from '../run/environment/understudy.js';
import type { ClientUnderExam } from '../exam/client-under-exam.js';
import type { Application } from '../run/application.js';
import type { ExamPlan } from './exam-plan.js';

/** A client under exam, and what is to be noted about it at the end. */
export interface PlannedClient {
  readonly client: ClientUnderExam;
  readonly notes: () => readonly string[];
}

/** The client of a plan. An application that was started can be restarted, and its output is seen. */
export function plannedClient({ provider, urls }: ExamPlan, application: Application | undefined): PlannedClient {
  if (application === undefined) return { client: clientOfUrls(urls), notes: () => [] };
  const client = clientOfUrls({
    ...urls,
    restart: () => application.restart(),
    useCredentials: (credentials) =>
      application.restart(credentials === undefined ? {} : credentialVariables(provider, credentials)),
    output: () => application.takeOutput(),
  });
  let crashes = 0;
  return {
    client: {
      ...client,
      // a check that ended the application must not spoil the next ones
      async connect(browser, options) {
        if (await application.revive()) crashes += 1;
        return client.connect(browser, options);
      },
    },
    notes: () =>
      crashes === 0 ? [] : [`the application ended by itself during the exam, and was started again ${crashes}×`],
  };
}
