import { pairs, plain } from '../../fault-kinds.js';
import type { ExamRequest } from '../../../client/index.js';

/** The parameters of a request. The query and the body are apart: both can have a parameter of the same name. */
export const parametersOf = ({ query, form = {} }: ExamRequest): string =>
  Object.entries({ query, body: form })
    .map(([where, value]) => [where, value instanceof Object ? pairs(value) : plain(value)])
    .filter(([, text]) => text)
    .map((part) => part.join(': '))
    .join(' · ');
