import { useState } from 'preact/hooks';
import { call, providerPath } from '../../api/call.js';
import { useAction } from '../../api/use-action.js';
import { say } from '../../parts/announcer.js';
import { Button } from '../../parts/button.js';
import { CopyValue } from '../../parts/copy-value.js';
import { TextField } from '../../parts/field.js';
import { Card } from '../../parts/page.js';
import { formMistakes } from '../../parts/form-mistakes.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { Form } from '../../parts/form.js';
import type { JSX } from 'preact';
import type { ClientInfo } from '../../../client/index.js';

interface RedirectUrisProps {
  readonly provider: string;
  readonly client: ClientInfo;
}

/** The redirect URIs of a client: the list, a field for one more, and a button that removes one. */
export function RedirectUris({ provider, client }: RedirectUrisProps): JSX.Element {
  const [text, setText] = useState('');
  const [mistake, setMistake] = useState<string>();
  const register = useAction(async (redirectUris: readonly string[], done: string) => {
    await call('PATCH', `${providerPath(provider)}/clients/${encodeURIComponent(client.id)}`, { redirectUris });
    setText('');
    say(done);
  });
  const { redirectUris } = client;
  const added = `redirectUris.${redirectUris.length}`;
  const { at, rest } = formMistakes(register.problem, { [added]: 'Your redirect URI' });
  const uri = text.trim();
  return (
    <Card title="Redirect URIs">
      <p class="quiet small">
        The URL of your own client to which the browser returns. Only registered ones are accepted, as at the provider.
      </p>
      <ul class="start-uris">
        {redirectUris.map((each) => (
          <li key={each}>
            <CopyValue text={each} what="redirect URI" />
            <Button
              kind="quiet"
              aria-label={`Remove ${each}`}
              onClick={() => {
                register.run(
                  redirectUris.filter((other) => other !== each),
                  `Removed ${each}`,
                );
              }}
            >
              Remove
            </Button>
          </li>
        ))}
      </ul>
      <Form
        class="row start-register"
        onSend={() => {
          if (uri === '') setMistake('Enter the URL to which the browser returns.');
          else if (redirectUris.includes(uri)) setMistake('This redirect URI is registered already.');
          else register.run([...redirectUris, uri], `Registered ${uri}`);
        }}
      >
        <TextField
          label="Your redirect URI"
          value={text}
          mistake={mistake ?? at(added)}
          placeholder="http://localhost:5000/auth/callback"
          onText={(typed) => {
            setText(typed);
            setMistake(undefined);
            register.forget();
          }}
        />
        <Button type="submit" isBusy={register.isBusy}>
          Register
        </Button>
      </Form>
      <ProblemNote problem={rest} />
    </Card>
  );
}
