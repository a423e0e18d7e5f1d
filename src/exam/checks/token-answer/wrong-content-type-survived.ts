import { unusableAnswer } from './unusable-answer.js';

/** A client may accept JSON that is sent as text, or refuse it, but not read it as something else. */
export const wrongContentTypeSurvived = unusableAnswer({
  id: 'wrong-content-type-survived',
  title: 'JSON that is sent as text is accepted or refused, but not misread',
  clause: 'RFC 6749 §5.1',
  severity: 'error',
  advice: 'Read the body as JSON whatever its type is, or treat another type as a failed exchange.',
  what: 'JSON with the type text/plain',
  fault: { kind: 'patch', headers: { 'content-type': 'text/plain; charset=utf-8' } },
});
