/** What the front page shows above the index, in the form that VitePress reads. Links are relative to the folder `docs`. */
export const frontPage = {
  hero: {
    name: 'Understudy',
    text: 'A mock OAuth2 server for testing OAuth clients',
    tagline:
      'It stands in for MailUp, tinyEmail and DottedSign: their pages, tokens, refusals and failures. It tells why a request was ' +
      'refused, and what your client did wrong.',
    actions: [
      { theme: 'brand', text: 'See your first flow', link: 'tutorial/see-your-first-flow.md' },
      { theme: 'alt', text: 'Test your first client', link: 'tutorial/test-your-first-client.md' },
    ],
  },
  features: [
    {
      title: 'As the provider does',
      details:
        'It accepts what the provider accepts, and refuses what the provider refuses, in its own words. Each behaviour names its source.',
      link: 'providers/mailup.md',
      linkText: 'MailUp, fact by fact',
    },
    {
      title: 'Failures on demand',
      details: 'Errors, delays, cut connections and lost answers, before or after the request had its effect.',
      link: 'how-to/stage-a-failure.md',
      linkText: 'Stage a failure',
    },
    {
      title: 'The exact reason',
      details:
        'The journal says why each request was refused. Findings say what your client did wrong, with the clause of the RFC.',
      link: 'explanation/what-a-finding-is.md',
      linkText: 'What a finding is',
    },
    {
      title: 'Time that you set',
      details: 'Advance the clock by 13 hours: the tokens expire, and no test waits.',
      link: 'how-to/expire-a-token.md',
      linkText: 'Expire a token',
    },
    {
      title: 'A world for each test',
      details: 'Tests run in parallel, each with its own clients, tokens, clock, faults and journal.',
      link: 'how-to/parallel-tests.md',
      linkText: 'Run tests in parallel',
    },
    {
      title: 'An exam with a grade',
      details:
        'One command examines your application: which checks of its OAuth it passes, and what to do about the others.',
      link: 'tutorial/examine-your-application.md',
      linkText: 'Examine your application',
    },
  ],
} as const;
