/** A description of a scenario in its two parts. */
export interface ScenarioWords {
  /** What happens, without the sentence about the client. */
  readonly about: string;
  /** The sentence about the client bug that it catches. Undefined if there is none. */
  readonly catches: string | undefined;
}

/** A sentence that begins with "Catches". A full stop within a number or a section does not end it. */
const sentence = /(?:^|\s)(Catches .*?[.!?])(?=\s+[^a-z]|\s*$)/;

/** Separates the client bug that a scenario catches from the rest of its description. */
export function scenarioWords(description: string): ScenarioWords {
  const text = description.trim().replace(/\s+/g, ' ');
  const [whole = '', catches] = sentence.exec(text) ?? [];
  return { about: text.replace(whole, '').trim(), catches };
}

/** The first sentence of a text. */
export const firstSentence = (text: string): string => /^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text;

/** A scenario in a list. */
export interface ListedScenario {
  readonly name: string;
  readonly description: string;
}

/** The scenarios whose name or description has each word of a text. */
export function filteredScenarios<T extends ListedScenario>(scenarios: readonly T[], text = ''): readonly T[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return scenarios.filter(({ name, description }) => {
    const whole = `${name} ${description}`.toLowerCase();
    return words.every((word) => whole.includes(word));
  });
}
