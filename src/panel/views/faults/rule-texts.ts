import { curlCommand } from '../../writing/curl-command.js';
import { literal } from '../../writing/literal.js';
import { shellWord } from '../../writing/shell-word.js';
import { toYaml } from '../../writing/yaml.js';

/** A rule in the forms in which a test can use it. */
export interface RuleTexts {
  /** For a scenario file. */
  readonly yaml: string;
  /** For a terminal. */
  readonly curl: string;
  /** For a test that uses the package. */
  readonly call: string;
}

/**
 * Writes a rule for a file, a terminal and a test.
 *
 * @param worldUrl the URL of the world
 * @param hasToken whether the admin API needs the admin token. The token itself is not written
 */
export const ruleTexts = (rule: unknown, worldUrl: string, hasToken: boolean): RuleTexts => ({
  yaml: toYaml({ faults: [rule] }),
  curl: curlCommand({
    method: 'POST',
    url: `${worldUrl}/__admin/faults`,
    options: [
      "--header 'content-type: application/json'",
      ...(hasToken ? ['--header "authorization: Bearer $UNDERSTUDY_ADMIN_TOKEN"'] : []),
      `--data-raw ${shellWord(JSON.stringify(rule))}`,
    ],
  }),
  call: `await world.faults.add(${literal(rule)});`,
});
