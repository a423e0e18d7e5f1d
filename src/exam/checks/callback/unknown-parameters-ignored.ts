import { defineCheck } from '../../check.js';
import { failed, passed } from '../../judgement.js';

/** Servers may add parameters at any time. */
export const unknownParametersIgnored = defineCheck({
  id: 'unknown-parameters-ignored',
  group: 'callback',
  title: 'Unknown parameters of the callback are ignored',
  clause: 'RFC 6749 §4.1.2',
  severity: 'error',
  stages: 'The callback has parameters that no document names.',
  looksAt: 'Whether the flow ends well.',
  advice: 'Read the parameters that you know, and ignore the others.',
  async examine(stage) {
    const browser = await stage.newBrowser();
    const { failure } = await stage.connect(browser, {
      onCallback: (callback) => {
        callback.searchParams.set('session_state', '6a4b1c');
        callback.searchParams.set('utm_source', 'provider');
        return callback;
      },
    });
    const call = await stage.call(browser);
    const { exchanges } = await stage.requests();
    return call.ok
      ? passed('The flow ended well.', exchanges)
      : failed(`The flow did not end well: ${failure ?? call.outcome}.`, exchanges);
  },
});
