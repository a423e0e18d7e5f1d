import { defineCheck } from '../../check.js';
import { failed, passed } from '../../judgement.js';
import { whoseCall } from './whose-call.js';

/** A client that keeps one token for all people uses that of the first. */
export const secondPerson = defineCheck({
  id: 'second-person',
  group: 'people',
  title: 'A second person gets a connection of their own',
  clause: 'RFC 6749 §1.4',
  severity: 'error',
  stages: 'Ada connects, then Grace connects in another browser.',
  looksAt: "Whose token Grace's call uses.",
  advice: 'Keep tokens for each person, and look them up by the session.',
  async examine(stage) {
    const [ada, grace] = stage.people;
    await stage.connected(ada);
    const { request, userId } = await whoseCall(stage, await stage.connected(grace));
    return userId === grace.id
      ? passed("Grace's call used her token.", [request])
      : failed("Grace's call used Ada's token.", [request]);
  },
});
