import { callServer, worldPath } from '../../api/call.js';
import { useData } from '../../api/use-data.js';
import { world } from '../../navigation.js';
import { CodeBlock } from '../../parts/code-block.js';
import { CopyValue } from '../../parts/copy-value.js';
import { Card } from '../../parts/page.js';
import type { JSX } from 'preact';
import type { WorldInfo } from '../../../client/index.js';
import type { ListedProvider } from './listed-provider.js';

/** How often the world is described, in milliseconds. */
const everyMs = 5000;

/** How clients get here whose URLs cannot be configured, and how containers and clients with a proxy do. */
export function OtherUrls({ provider }: { readonly provider: ListedProvider }): JSX.Element {
  const { data } = useData(() => callServer<WorldInfo>('GET', worldPath(world.value)), [], everyMs);
  const { internal, origin } = provider;
  return (
    <Card class="start-other" title="If your client cannot be configured">
      <p>
        A client that has <code>{origin}</code> in its code runs unchanged below this command: what it sends there comes
        here. At the end, the findings are printed.
      </p>
      <CodeBlock what="command" text="npx understudy run -- npm test" />
      {internal === undefined && data?.proxyUrl === undefined ? null : (
        <dl class="facts start-facts">
          {internal === undefined ? null : (
            <>
              <dt>From a container</dt>
              <dd>
                <CopyValue text={internal.baseUrl} what="URL for containers" />
              </dd>
            </>
          )}
          {data?.proxyUrl === undefined ? null : (
            <>
              <dt>HTTP(S) proxy</dt>
              <dd>
                <CopyValue text={data.proxyUrl} what="URL of the proxy" />
              </dd>
            </>
          )}
        </dl>
      )}
    </Card>
  );
}
