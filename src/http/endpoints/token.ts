import { authenticateClient, countedCredentials } from '../../core/client.js';
import { grantOfTokenRequest } from '../../core/flow.js';
import { noteSyntax } from '../../core/syntax-notes.js';
import { exchange } from '../../core/token.js';
import { formatOf } from '../../providers/answer-format.js';
import { withIdToken } from '../../providers/id-token.js';
import { RequestAnswering } from '../answering/answering.js';
import { sendTokenAnswer } from '../answering/token-answer.js';
import { requireMethod } from '../reading/method.js';
import { requireReadable } from '../reading/readable.js';
import { readTokenRequest } from '../reading/protocol-requests.js';
import { recordGrant } from '../record-grant.js';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { KnownClient } from '../../core/client.js';
import type { TokenRequestLog } from '../../core/grants/grant.js';
import type { Endpoints } from '../../providers/provider.js';
import type { JournalEntry } from '../../world/journal/entry.js';
import type { GrantsTaken } from '../reading/grant-type.js';

/** The token endpoint (RFC 6749 §3.2), at each of a provider's paths for it, and at those for refresh tokens alone. */
export function tokenRoutes(app: FastifyInstance, { token, refresh = [] }: Endpoints): void {
  for (const path of new Set([...token, ...refresh])) {
    app.all(path, { config: { endpoint: 'token', grantsTaken: grantsTakenAt(path, token, refresh) } }, answerToken);
  }
}

function grantsTakenAt(path: string, token: readonly string[], refresh: readonly string[]): GrantsTaken {
  if (!token.includes(path)) return 'refresh';
  return refresh.length === 0 || refresh.includes(path) ? 'all' : 'all-but-refresh';
}

function answerToken(request: FastifyRequest, reply: FastifyReply): Promise<void> | undefined {
  const { realm, provider, entry } = request;
  const { policy } = realm;
  if (policy.tokenMethodChecked === 'first') requireMethod(request, policy.tokenMethods);
  else requireReadable(request);
  const tokenRequest = readTokenRequest(request, policy);
  if (tokenRequest.grantType !== undefined) entry.grantType = tokenRequest.grantType;
  // not yet authenticated: the journal entry of a refusal shows the client as well
  const claimed = countedCredentials(tokenRequest, policy)?.readings[0].id;
  if (claimed !== undefined && claimed !== '') entry.clientId = claimed;
  if (tokenRequest.startedBy === undefined) recordGrant(entry, grantOfTokenRequest(realm, tokenRequest));
  else entry.flow = tokenRequest.startedBy;
  noteSyntax(policy, tokenRequest, entry.notes);
  if (!policy.tokenMethods.includes(request.method as 'GET' | 'POST')) {
    authenticateClient(realm, tokenRequest);
    requireMethod(request, policy.tokenMethods);
  }
  const issued = exchange(realm, tokenRequest, new EntryLog(entry));
  const { clientId, userId } = issued.accessToken.grant;
  entry.clientId = clientId;
  if (userId !== undefined) entry.userId = userId;
  const answering = new RequestAnswering(request);
  const answer = formatOf(provider, policy).tokenAnswer(withIdToken(provider, issued, answering), answering);
  return sendTokenAnswer(request, reply, answer);
}

/** Writes what the core finds in a token request into the journal entry of the request. */
class EntryLog implements TokenRequestLog {
  readonly #entry: JournalEntry;

  constructor(entry: JournalEntry) {
    this.#entry = entry;
  }

  client({ client, method }: KnownClient): void {
    this.#entry.clientId = client.id;
    this.note(authenticationNote(method));
  }

  note(text: string): void {
    const { notes } = this.#entry;
    // most requests have one note: a list with it takes less memory than one that grew, which has room for 16 more
    if (notes.length === 0) this.#entry.notes = [text];
    else notes.push(text);
  }
}

const authenticationNotes = new Map<string, string>();

/** The note about a method of authentication, which is one text for all requests. */
function authenticationNote(method: string): string {
  const note = authenticationNotes.get(method) ?? `client authentication: ${method}`;
  authenticationNotes.set(method, note);
  return note;
}
