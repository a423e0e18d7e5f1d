import type { ExamStep } from '../admin/examiner.js';
import type { ProviderName, Scenario, World } from '../client/index.js';
import type { ClientFunctions } from './client-of-functions.js';
import type { ClientCredentials, ClientUnderExam } from './client-under-exam.js';
import type { Selection } from './select-checks.js';

/** An exam of a client, from a test. */
export interface ExamOptions extends Selection {
  /** The provider whose client is examined. */
  readonly provider: ProviderName | (string & {});
  /** A URL of an application that begins the flow, or a function that connects. */
  readonly connect: string | ClientFunctions['connect'];
  /** A URL that makes the application use the API, or a function that does. */
  readonly call: string | ClientFunctions['call'];
  /** A URL or a function that ends the connection. */
  readonly disconnect?: string | ClientFunctions['disconnect'];
  /** The world that the client is configured for. Default: that of a server which is started for the exam. */
  readonly world?: World;
  /** Further base URLs of that world: the application may know the server by any of them. */
  readonly knownAs?: readonly string[];
  /** Port of the server that is started. Default: 8080 for an application, a free port for functions. */
  readonly port?: number;
  /** How the client is registered. Default: the first client of the world at the provider. */
  readonly client?: Partial<ClientCredentials>;
  /** The scenario on which the worlds of the checks build. Default: that of the world. */
  readonly scenario?: string | Scenario;
  /** Seed of the worlds of the checks. Default: `exam`. */
  readonly seed?: string;
  /** How often each check is made, at most 20. Default: 1. */
  readonly repeat?: number;
  /** Maximum time of one answer of the application, or of one function. Default: `10s`. */
  readonly timeout?: string;
  /** Whether the status of a call of the application means success. Default: 200 to 299. */
  readonly succeeds?: (status: number) => boolean;
  /** Logs a browser in at the application itself, before its first flow. */
  readonly login?: ClientUnderExam['login'];
  /** Ends the exam with what is known. */
  readonly signal?: AbortSignal;
  /** Called when a check begins, and after the last one. */
  readonly onProgress?: (step: ExamStep) => void;
}
