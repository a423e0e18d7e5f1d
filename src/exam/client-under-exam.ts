import type { Browser, Visit, VisitOptions } from '../client/browser.js';

/** A client as it is registered at the provider. */
export interface ClientCredentials {
  readonly id: string;
  readonly secret: string;
  readonly redirectUri: string;
}

/** How an attempt to connect ended. */
export interface Connection {
  /** What the browser saw. Undefined: the client visited no URL. */
  readonly visit: Visit | undefined;
  /** Why it did not end well, as far as the client says it: a status from 400 on, an error that a function threw. */
  readonly failure: string | undefined;
}

/** How one use of the API by the client ended. */
export interface Call {
  readonly ok: boolean;
  /**
   * Whether it ended at another page than the one that was asked for. Then it succeeded only if it used the API:
   * applications redirect people without a connection to a page with status 200. Absent: no.
   */
  readonly isElsewhere?: boolean;
  /** Whether the client sent the person to the provider, to connect anew. */
  readonly asksPerson: boolean;
  /** What came out, for a message: `status 200`, `exit code 1`, `threw TokenExpired`. */
  readonly outcome: string;
  /** Status of the last page of the client. Absent: there is none. */
  readonly status?: number;
  /** What the client showed, to look for secrets and for the name of the person. */
  readonly text: string;
}

/** The client under exam, whatever it is: an application with URLs, commands, or functions of a test. */
export interface ClientUnderExam {
  /** Whether it has pages of its own, with a session for each browser and a callback that can be visited. */
  readonly hasPages: boolean;
  /** Makes the client use another id and secret, or without an argument its own again. Undefined: it cannot. */
  readonly useCredentials: ((credentials?: ClientCredentials) => Promise<void>) | undefined;
  /** Where the client finds that id and secret, for a message. Absent: it is not known. */
  readonly credentialsIn?: string;
  /** Begins a flow and follows it to its end. It does not throw: see `failure`. */
  readonly connect: (browser: Browser, options?: VisitOptions) => Promise<Connection>;
  /** Makes the client use the API. It does not throw. */
  readonly call: (browser: Browser) => Promise<Call>;
  /** Makes the client end its connection. Undefined: it cannot. */
  readonly disconnect: ((browser: Browser) => Promise<Call>) | undefined;
  /** Ends the client and starts it again. Undefined: the exam did not start it. */
  readonly restart: (() => Promise<void>) | undefined;
  /** Starts the client again if it ended by itself. Undefined: the exam did not start it. */
  readonly revive?: (() => Promise<void>) | undefined;
  /** How often the client ended by itself. Undefined: the exam did not start it. */
  readonly crashes?: (() => number) | undefined;
  /** What the client wrote to its standard output and error since the last call. Undefined: it cannot be seen. */
  readonly output?: (() => string) | undefined;
  /** Prepares a browser that the client has not seen: the login of the application itself. */
  readonly login?: ((browser: Browser, person: string) => Promise<void>) | undefined;
}
