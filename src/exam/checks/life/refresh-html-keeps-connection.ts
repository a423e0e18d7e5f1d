import { defineCheck } from '../../check.js';
import { withoutRefresh } from '../not-for.js';
import { judgeKeptAfter } from './kept-after.js';

/** A page of a proxy says nothing about the token. */
export const refreshHtmlKeepsConnection = defineCheck({
  id: 'refresh-html-keeps-connection',
  group: 'life',
  title: 'A refresh that is answered with a page does not end the connection',
  clause: 'RFC 6749 §5.1',
  severity: 'error',
  stages: 'A page of HTML with the status 502 answers a refresh.',
  looksAt: 'Whether a later call works without a new login.',
  advice: 'Check status and content type before you parse, and keep the refresh token.',
  notFor: withoutRefresh,
  examine: (stage) =>
    judgeKeptAfter(stage, 'was answered with a page of HTML', {
      kind: 'status',
      status: 502,
      body: '<html><body><h1>Bad gateway</h1></body></html>',
    }),
});
