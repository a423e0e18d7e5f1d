import { useState } from 'preact/hooks';
import { call, providerPath } from '../../api/call.js';
import { titleOf } from '../../api/provider-titles.js';
import { useAction } from '../../api/use-action.js';
import { timeInUtc } from '../../format.js';
import { filter, go } from '../../navigation.js';
import { Button } from '../../parts/button.js';
import { CopyValue } from '../../parts/copy-value.js';
import { Dialog } from '../../parts/dialog.js';
import { Loading } from '../../parts/empty.js';
import { SelectField, TextField } from '../../parts/field.js';
import { formMistakes } from '../../parts/form-mistakes.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { mintBody } from './mint-body.js';
import { useNames } from './use-names.js';
import { choicesOf } from '../../parts/choices.js';
import { Form } from '../../parts/form.js';
import type { JSX } from 'preact';
import type { MintedTokens } from '../../../client/index.js';

/** Mints tokens without a browser, and shows them to copy. */
export function MintDialog({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const [chosen, choose] = useState(filter('provider'));
  const { providers } = useNames(chosen);
  const provider = chosen ?? providers[0] ?? '';
  const [minted, setMinted] = useState<MintedTokens>();
  return (
    <Dialog title={minted === undefined ? 'Mint tokens' : 'Minted'} onClose={onClose}>
      {minted === undefined && providers.length === 0 ? <Loading /> : null}
      {minted === undefined && providers.length > 0 ? (
        <MintForm
          key={provider}
          provider={provider}
          providers={providers}
          onProvider={choose}
          onMinted={setMinted}
          onCancel={onClose}
        />
      ) : null}
      {minted === undefined ? null : (
        <Minted
          tokens={minted}
          onClose={onClose}
          onMore={() => {
            setMinted(undefined);
          }}
        />
      )}
    </Dialog>
  );
}

const labels = {
  clientId: 'Client',
  userId: 'User',
  scopes: 'Scopes',
  expiresIn: 'Lifetime of the access token',
} as const;

interface MintFormProps {
  readonly provider: string;
  readonly providers: readonly string[];
  readonly onProvider: (name: string) => void;
  readonly onMinted: (tokens: MintedTokens) => void;
  readonly onCancel: () => void;
}

function MintForm({ provider, providers, onProvider, onMinted, onCancel }: MintFormProps): JSX.Element {
  const { clients, users } = useNames(provider);
  const [client, setClient] = useState(filter('client'));
  const [user, setUser] = useState(filter('user'));
  const [scopes, setScopes] = useState('');
  const [expiresIn, setExpiresIn] = useState('');
  const clientId = client ?? clients[0]?.value ?? '';
  const userId = user ?? users[0]?.value ?? '';
  const mint = useAction(async () => {
    const path = `${providerPath(provider)}/tokens`;
    onMinted(await call<MintedTokens>('POST', path, mintBody({ clientId, userId, scopes, expiresIn })));
  });
  const { at, rest } = formMistakes(mint.problem, labels);
  return (
    <Form does="Mint" isBusy={mint.isBusy} isDisabled={clientId === ''} onSend={mint.run} onCancel={onCancel}>
      <p class="quiet">As if the client had asked the token endpoint, without a request.</p>
      <SelectField label="Provider" value={provider} choices={choicesOf(providers, titleOf)} onChoice={onProvider} />
      <SelectField
        label={labels.clientId}
        mistake={at('clientId')}
        value={clientId}
        choices={clients}
        onChoice={setClient}
      />
      <SelectField
        label={labels.userId}
        mistake={at('userId')}
        value={userId}
        choices={[...users, { value: '', text: 'None: the client acts for itself' }]}
        onChoice={setUser}
      />
      <TextField
        label={labels.scopes}
        mistake={at('scopes')}
        value={scopes}
        onText={setScopes}
        help="Separated by spaces. Empty: those that the client gets if it asks for none"
      />
      <TextField
        label={labels.expiresIn}
        mistake={at('expiresIn')}
        value={expiresIn}
        onText={setExpiresIn}
        placeholder="15m"
        help="Such as 90s, 15m, 2h or never. Empty: as the provider's policy says"
      />
      <ProblemNote problem={rest} />
    </Form>
  );
}

interface MintedProps {
  readonly tokens: MintedTokens;
  readonly onClose: () => void;
  readonly onMore: () => void;
}

function Minted({ tokens, onClose, onMore }: MintedProps): JSX.Element {
  const { accessToken, refreshToken, expiresAt, scopes, grantId } = tokens;
  return (
    <div class="stack">
      <dl class="facts">
        <dt>Access token</dt>
        <dd>
          <CopyValue text={accessToken} what="the access token" />
        </dd>
        <dt>Refresh token</dt>
        <dd>{refreshToken === null ? 'none' : <CopyValue text={refreshToken} what="the refresh token" />}</dd>
        <dt>Expires</dt>
        <dd>{expiresAt === null ? 'never' : `${timeInUtc(expiresAt)} UTC`}</dd>
        <dt>Scopes</dt>
        <dd>{scopes.length === 0 ? 'none' : scopes.join(' ')}</dd>
      </dl>
      <div class="actions">
        <Button
          kind="primary"
          onClick={() => {
            onClose();
            go({ filters: { family: grantId } });
          }}
        >
          Open the family
        </Button>
        <Button onClick={onMore}>Mint more</Button>
      </div>
    </div>
  );
}
