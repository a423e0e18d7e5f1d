import { credentialNames, credentialVariables } from '../run/environment/understudy.js';
import type { ClientUnderExam } from '../exam/client-under-exam.js';
import type { Application } from '../run/application.js';

/** A client under exam, and what is to be noted about it at the end. */
export interface NotedClient {
  readonly client: ClientUnderExam;
  readonly notes: () => readonly string[];
}

/** A client with the application that the exam started for it: it can be restarted, and its output is seen. */
export function withStarted(client: ClientUnderExam, provider: string, application: Application): NotedClient {
  let crashes = 0;
  const revive = async (): Promise<void> => {
    if (application.isRunning) return;
    crashes += 1;
    await application.restart();
  };
  return {
    client: {
      ...client,
      credentialsIn: credentialNames(provider),
      restart: () => application.restart(),
      async useCredentials(credentials) {
        await client.useCredentials?.(credentials);
        await application.restart(credentials === undefined ? {} : credentialVariables(provider, credentials));
      },
      output: () => [client.output?.(), application.takeOutput()].join(''),
      crashes: () => (application.isRunning ? crashes : crashes + 1),
      revive,
      async connect(browser, options) {
        await revive();
        return client.connect(browser, options);
      },
    },
    notes: () =>
      crashes === 0 ? [] : [`the application ended by itself during the exam, and was started again ${crashes}×`],
  };
}
