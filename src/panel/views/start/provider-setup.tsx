import { call, providerPath } from '../../api/call.js';
import { useData } from '../../api/use-data.js';
import { playgroundClientId } from '../../playground-client.js';
import { filter, setFilters } from '../../navigation.js';
import { CopyValue } from '../../parts/copy-value.js';
import { SelectField } from '../../parts/field.js';
import { Card } from '../../parts/page.js';
import { RedirectUris } from './redirect-uris.js';
import { SnippetTabs } from './snippet-tabs.js';
import { Awaited } from '../../parts/awaited.js';
import type { ComponentChildren, JSX } from 'preact';
import type { ClientInfo, UserInfo } from '../../../client/index.js';
import type { ListedProvider } from './listed-provider.js';

/** Number of clients in the list, and of users on the page. */
const [listedClients, shownUsers] = [200, 5];

/** What a client of a provider has to know: URLs, client, users, redirect URIs and snippets. */
export function ProviderSetup({ provider }: { readonly provider: ListedProvider }): JSX.Element {
  const { name, title } = provider;
  const { data: clientList, problem } = useData(
    () =>
      call<{ readonly clients: readonly ClientInfo[] }>('GET', `${providerPath(name)}/clients?limit=${listedClients}`),
    [name],
  );
  const { data: userList } = useData(
    () =>
      call<{ readonly users: readonly UserInfo[]; readonly total: number }>(
        'GET',
        `${providerPath(name)}/users?limit=${shownUsers}`,
      ),
    [name],
  );
  if (clientList === undefined) return <Awaited data={clientList} problem={problem} />;
  const clients = clientList.clients.filter(({ id }) => id !== playgroundClientId);
  const client = clients.find(({ id }) => id === filter('client')) ?? clients[0];
  return (
    <div class="start-setup">
      <div class="stack">
        <Card title={title}>
          <dl class="facts start-facts">
            <Fact name="Authorize URL" text={provider.authorizeUrl} />
            <Fact name="Token URL" text={provider.tokenUrl} />
            <Fact name="API URL" text={provider.apiUrl} />
          </dl>
          {clients.length < 2 || client === undefined ? null : (
            <SelectField
              label="Client"
              value={client.id}
              choices={clients.map(({ id, name: words }) => ({
                value: id,
                text: id === words ? id : `${id} (${words})`,
              }))}
              onChoice={(id) => {
                setFilters({ client: id });
              }}
            />
          )}
          {client === undefined ? (
            <p class="quiet">This world has no client for {title}.</p>
          ) : (
            <dl class="facts start-facts">
              <Fact name="Client ID" text={client.id} />
              {client.secret === '' ? (
                <Line name="Client secret">
                  <span class="quiet">none: a public client</span>
                </Line>
              ) : (
                <Fact name="Client secret" text={client.secret} />
              )}
            </dl>
          )}
          <h3>Users who can log in</h3>
          <Users users={userList?.users ?? []} total={userList?.total ?? 0} />
        </Card>
        {client === undefined ? null : <RedirectUris key={client.id} provider={name} client={client} />}
      </div>
      {client === undefined ? null : <SnippetTabs provider={provider} client={client.id} />}
    </div>
  );
}

function Fact({ name, text }: { readonly name: string; readonly text: string }): JSX.Element {
  return (
    <Line name={name}>
      <CopyValue text={text} what={name} />
    </Line>
  );
}

function Line({ name, children }: { readonly name: string; readonly children: ComponentChildren }): JSX.Element {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Users({ users, total }: { readonly users: readonly UserInfo[]; readonly total: number }): JSX.Element {
  return (
    <>
      <ul class="start-users">
        {users.map(({ id, name, username, password }) => (
          <li key={id}>
            <span class="quiet small">{name}</span>
            <CopyValue text={username} what={`username of ${name}`} />
            <CopyValue text={password} what={`password of ${name}`} />
          </li>
        ))}
      </ul>
      {total > users.length ? <p class="quiet small">And {(total - users.length).toLocaleString('en')} more.</p> : null}
      {total === 0 ? <p class="quiet">This world has no user for this provider.</p> : null}
    </>
  );
}
