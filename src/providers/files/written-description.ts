import { htmlEscaped } from '../html-entities.js';
import { quoted } from '../text.js';
import type { Refusal } from '../provider.js';

/** The description of a refusal in the two ways that a policy decides: in a JSON body, and quoted in a challenge. */
export function quotedDescription({ description, writing }: Refusal): {
  readonly json_description: string;
  readonly challenge_description: string;
} {
  const isHtml = writing.descriptionInJson === 'html-entities';
  const isEscaped = writing.descriptionInChallenge === 'escaped';
  return {
    json_description: isHtml ? htmlEscaped(description) : description,
    challenge_description: isEscaped ? quoted(description) : `"${withoutControls(description)}"`,
  };
}

/** A server that escapes nothing still cannot send a control character, nor one beyond ASCII. */
const withoutControls = (text: string): string =>
  text.replaceAll(/[\0-\x1f\x7f]/g, ' ').replaceAll(/[^\x20-\x7e]/gu, '?');
