/** What the admin API and the library advise, and the tool that does it. */
const advice: readonly (readonly [RegExp, string])[] = [
  [/^[A-Z]+ \/\S* answered (\d+): /, 'refused with status $1: '],
  [/newWorld\(\{ id: '([\w-]+)' \}\)/, 'create_world with {"id":"$1"} makes it'],
  [/PUT \/__admin\/worlds\/\S+ replaces it/, 'reset_world starts it again, drop_world removes it'],
  [/POST \/__admin\/reset resets it/, 'reset_world resets it'],
  [/DELETE \/__admin\/exam/, 'stop_exam'],
];

/** The message of a refused call for an assistant, which has tools, and neither methods nor calls of HTTP. */
export const inWordsOfTools = (message: string): string =>
  advice.reduce((text, [told, tool]) => text.replace(told, tool), message);
