import { defineCheck } from '../../check.js';
import { NotSeen } from '../../judgement.js';
import { judgeUsable } from './odd-answer.js';

/** A proxy compresses what a client says that it can read. */
export const gzipAnswerRead = defineCheck({
  id: 'gzip-answer-read',
  group: 'token-answer',
  title: 'A compressed answer is read, if the client asks for one',
  clause: 'RFC 9110 §12.5.3',
  severity: 'error',
  stages: 'The token endpoint compresses the answer to the exchange with gzip.',
  looksAt: 'Whether a later call succeeds with the token.',
  advice: 'Decompress answers, or do not send Accept-Encoding: gzip.',
  async examine(stage) {
    const judgement = await judgeUsable(stage, 'a compressed answer', { kind: 'gzip' });
    const { exchanges } = await stage.requests();
    const asksForIt = exchanges.some((request) => request.header('accept-encoding')?.includes('gzip'));
    if (!asksForIt) throw new NotSeen('the client does not ask for compressed answers');
    return judgement;
  },
});
