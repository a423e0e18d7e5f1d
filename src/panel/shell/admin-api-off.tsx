import { CodeBlock } from '../parts/code-block.js';
import { Card, Page } from '../parts/page.js';
import type { JSX } from 'preact';

/** Says how to turn the admin API on: without it, the panel can show nothing. */
export function AdminApiOff(): JSX.Element {
  return (
    <main id="content" class="alone">
      <Page
        title="The admin API is off"
        lead="Others can reach the address of this server, and it has no admin token. The panel needs the admin API."
      >
        <Card title="With a token">
          <p>Start the server with a token of your choice. The panel asks for it once.</p>
          <CodeBlock what="environment with a token" text="UNDERSTUDY_ADMIN_TOKEN=choose-a-long-secret" />
        </Card>
        <Card title="Without one">
          <p>Where everybody who can reach the server may steer it:</p>
          <CodeBlock what="environment without a token" text="UNDERSTUDY_ADMIN=open" />
        </Card>
      </Page>
    </main>
  );
}
