import { findTarget, responseModeOf } from '../../core/authorize.js';
import { pages } from '../../faults/fault.js';
import { addHeaders } from '../extra-headers.js';
import { findPending } from '../reading/pending.js';
import { readAuthorizationRequest } from '../reading/protocol-requests.js';
import { closestReason } from './closest-reason.js';
import { RefusedByFault } from './refused-by-fault.js';
import { seeRequest } from './seen-request.js';
import type { FastifyRequest } from 'fastify';
import type { RedirectTarget } from '../../core/errors.js';
import type { StagedRefusal } from '../../faults/fault.js';

/**
 * Makes the refusal of a fault, to be thrown. At a page endpoint it is a redirect back to the client, so client and
 * redirect_uri must be valid.
 *
 * @throws the refusals of the authorization endpoint that must not be redirected (RFC 6749 §4.1.2.1)
 */
export function refusedByFault(request: FastifyRequest, staged: StagedRefusal): RefusedByFault {
  const { headers, description } = staged;
  if (headers !== undefined) addHeaders(request, headers);
  const isPage = pages.some((page) => page === request.entry.endpoint);
  const error = (isPage ? staged.errorOnPages : undefined) ?? staged.error;
  return new RefusedByFault({
    closest: closestReason(request, error),
    error,
    description,
    redirect: isPage && !answersInBody(request) ? redirectTarget(request) : undefined,
  });
}

/** MailUp's endpoint of 2013 answers in the body and never redirects: see endpoints/code-in-body.ts. */
function answersInBody(request: FastifyRequest): boolean {
  const { entry, realm } = request;
  const isAllowed = realm.policy.passwordAtAuthorize && entry.endpoint === 'authorize';
  return isAllowed && seeRequest(request).parameter('username') !== undefined;
}

function redirectTarget(request: FastifyRequest): RedirectTarget {
  if (request.entry.endpoint !== 'authorize') return findPending(request);
  const { realm } = request;
  const parameters = readAuthorizationRequest(request);
  const responseMode = responseModeOf(realm.policy, parameters);
  return { ...findTarget(realm, parameters), state: parameters.state, responseMode };
}
