import { useState } from 'preact/hooks';
import { keepToken, tokenState } from '../api/admin-token.js';
import { TextField } from '../parts/field.js';
import { Card, Page } from '../parts/page.js';
import { Form } from '../parts/form.js';
import type { JSX } from 'preact';

/** Asks for the admin token. */
export function TokenPrompt(): JSX.Element {
  const [token, setToken] = useState('');
  return (
    <Page title="Admin token" lead="The admin API of this server requires a token.">
      <Card class="narrow">
        <Form
          does="Open the panel"
          onSend={() => {
            if (token.trim() !== '') keepToken(token.trim());
          }}
        >
          <TextField
            label="Admin token"
            type="password"
            value={token}
            onText={setToken}
            help="The value of UNDERSTUDY_ADMIN_TOKEN or --admin-token. It is kept for this tab, until you close it."
            mistake={
              tokenState.value === 'wrong' ? 'The server refused this token. It may have been changed.' : undefined
            }
            isFirst
          />
        </Form>
      </Card>
    </Page>
  );
}
