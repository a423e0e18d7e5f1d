import { readFileSync } from 'node:fs';
import t from 'tap';
import { startPanel } from './panel.js';

const panel = await startPanel(t);

/** What the page says to press, in its order: bold words, except the names of the steps. */
const toPress = [
  ...readFileSync('docs/tutorial/see-your-first-flow.md', 'utf8')
    .replaceAll(/^\d+\. \*\*[^*]+\*\*/gm, '')
    .matchAll(/\*\*([^*]+)\*\*/g),
].map(([, name]) => String(name));

t.test('the tutorial "See your first flow", pressed as it says', async (t) => {
  const page = await panel.open(t, '');
  const pressed: string[] = [];
  const main = page.locator('main');
  const press = async (name: string, place = main): Promise<void> => {
    pressed.push(name);
    // a button whose word is not unique has more words for a screen reader
    const exactly = { name: new RegExp(`^${name}(?:$|: | of )`) };
    await place.getByRole('button', exactly).or(place.getByRole('link', exactly)).first().click();
  };
  const view = (name: string): Promise<void> => press(name, page.getByRole('navigation', { name: 'Views' }));
  const shows = (text: string | RegExp): Promise<void> =>
    main.getByText(text).filter({ visible: true }).first().waitFor();

  await view('Playground');
  await press('DottedSign');
  await press('Log in');
  pressed.push('Use');
  await page.getByRole('button', { name: 'Use ada@example.test' }).click();
  await press('Log in', page.locator('body'));
  await press('Allow', page.locator('body'));

  await press('Exchange the code');
  await shows('"access_token"');
  await press('Call the API');
  await shows(/\b200\b/);

  await view('Clock');
  await press('To the next expiry');
  await shows('access token');
  await view('Playground');
  await press('Call the API');
  await shows(/The access token expired at/);

  await view('Faults');
  await press('Add', main.getByRole('listitem').filter({ hasText: 'The next refresh is refused' }));
  await shows('1 fault');
  await view('Playground');
  await press('Refresh');
  await shows('"invalid_grant"');
  await press('Refresh');
  await shows(/Refresh: answered 200|"access_token"/);

  await view('Timeline');
  await shows('Tokens issued for the code.');
  await press('Sequence');
  await shows(/oauth-error/);

  await view('Findings');
  await shows('refresh-after-refusal');
  t.strictSame([...pressed, 'Start'], toPress);
});
