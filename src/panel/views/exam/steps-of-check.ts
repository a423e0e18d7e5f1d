import { outcomeOfStatus, partiesAt, shortRequest } from '../../diagram/steps.js';
import type { ExamRequest } from '../../../client/index.js';
import type { Arrow, DiagramStep } from '../../diagram/steps.js';

/** The steps of the diagram of a check: each request with its answer. */
export const stepsOfCheck = (requests: readonly ExamRequest[]): DiagramStep[] => requests.flatMap(stepsOf);

function stepsOf(request: ExamRequest): Arrow[] {
  const { entry, endpoint, method, path, grantType, status, fault } = request;
  const { from, to } = partiesAt(endpoint);
  const arrow = { kind: 'arrow', entry } as const;
  const label = shortRequest(method, path, grantType);
  return [
    { ...arrow, from, to, label, outcome: 'ok', isAnswer: false, isLost: false },
    {
      ...arrow,
      from: to,
      to: from,
      label: [status ?? 'no answer', ...(fault === undefined ? [] : [`fault ${fault}`])].join(' · '),
      outcome: fault === undefined ? outcomeOfStatus(status) : 'fault',
      isAnswer: true,
      isLost: status === undefined,
    },
  ];
}
