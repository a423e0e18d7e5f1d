import { mediaTypeOf, readAnswer } from './answer.js';
import { readTemplates } from './callback.js';
import { readIdTokens, withIdTokenMember } from './id-token.js';
import { redirectOf } from './redirect-with-code.js';
import { readSecondTokens } from './second-token.js';
import { errorVariables, introspectVariables, tokenVariables, userinfoVariables } from './variables.js';
import type { Provider } from '../provider.js';
import type { AnswerTemplate } from './answer.js';
import type { Reader } from './body.js';
import type { IsSure } from './is-sure.js';
import type { AnswerDocument } from './schema/answer.js';
import type { ProviderDocument } from './schema/document.js';
import type { TemplateKind } from './variables.js';

type Answers = NonNullable<ProviderDocument['answers']>;
type Errors = NonNullable<ProviderDocument['errors']>;

/** The answers that a document has. */
export function answersOf(
  answers: Answers,
  readerOf: (kind: TemplateKind) => Reader,
  like: Provider,
  isSure: IsSure,
): Partial<Provider> {
  const { token, idToken, secondToken, code, revoke, introspect, userinfo, metadata } = answers;
  const read = (document: AnswerDocument, kind: TemplateKind): AnswerTemplate =>
    readAnswer(document, `answers.${kind}`, readerOf(kind));
  const made: { -readonly [Member in keyof Provider]?: Provider[Member] } = {};
  if (token !== undefined) {
    const write = read(token, 'token');
    made.tokenAnswer = (issued, answering) => write(tokenVariables(issued, answering), 200);
    made.tokenMediaType = mediaTypeOf(token);
  }
  if (idToken !== undefined) {
    made.idTokens = readIdTokens(idToken, like.idTokens, readerOf('idToken'));
    // the answer of a provider that has ID tokens says itself where they are
    if (token === undefined && like.idTokens === undefined) {
      made.tokenAnswer = withIdTokenMember(like.tokenAnswer, readerOf('idToken').provider);
    }
  }
  if (secondToken !== undefined) {
    made.secondTokens = readSecondTokens(secondToken, like.secondTokens, readerOf('secondToken'));
  }
  if (code !== undefined) {
    const write = read(code, 'code');
    made.codeAnswer = (value) => write({ code: value }, 200);
  }
  if (revoke !== undefined) {
    const write = read(revoke, 'revoke');
    made.revokeAnswer = () => write({}, 200);
  }
  if (introspect !== undefined) {
    const write = read(introspect, 'introspect');
    made.introspectAnswer = (found) => write(introspectVariables(found), 200);
  }
  if (userinfo !== undefined) {
    const write = read(userinfo, 'userinfo');
    made.userinfoAnswer = (access, answering) => write(userinfoVariables(access, answering), 200);
  }
  if (metadata !== undefined) {
    const write = read(metadata, 'metadata');
    made.metadataAnswer = (members, { path, baseUrl }) => write({ metadata: members, path, base_url: baseUrl }, 200);
  }
  return { ...made, ...redirectOf(answers, like, readerOf('callback'), isSure) };
}

/** The refusals that a document has. */
export function errorsOf(
  { token, revoke, introspect, authorize, api, callback }: Errors,
  reader: Reader,
): Partial<Provider> {
  const made: { -readonly [Member in keyof Provider]?: Provider[Member] } = {};
  const read = (document: AnswerDocument, member: string): Provider['tokenRefusal'] => {
    const write = readAnswer(document, `errors.${member}`, reader);
    return (refusal, answering) => write(errorVariables(refusal, answering), refusal.status);
  };
  if (token !== undefined) made.tokenRefusal = read(token, 'token');
  if (revoke !== undefined) made.revokeRefusal = read(revoke, 'revoke');
  if (introspect !== undefined) made.introspectRefusal = read(introspect, 'introspect');
  if (authorize !== undefined) made.authorizeRefusal = read(authorize, 'authorize');
  if (api !== undefined) made.bearerRefusal = read(api, 'api');
  if (callback !== undefined) {
    const write = readTemplates(callback, 'errors.callback', reader);
    made.redirectRefusal = (refusal, echoed, answering) => write({ ...errorVariables(refusal, answering), ...echoed });
  }
  return made;
}
