import { serverUrl } from '../../api/address.js';
import { send } from '../../api/call.js';
import { useData } from '../../api/use-data.js';
import { Dialog } from '../../parts/dialog.js';
import { FaultForm } from './fault-form.js';
import { ruleFormOf } from './form-schema.js';
import { Awaited } from '../../parts/awaited.js';
import type { JSX } from 'preact';
import type { ApiDocument } from './form-schema.js';

/** How often the schema is read again: it changes only with the version of the server. */
const everyMs = 600_000;

interface FaultDialogProps {
  /** The rule that fills the form, as JSON. */
  readonly json: string;
  readonly providers: readonly string[];
  readonly onClose: () => void;
}

/** The form in a drawer. It reads the schema when it opens. */
export function FaultDialog({ json, providers, onClose }: FaultDialogProps): JSX.Element {
  const { data, problem } = useData(
    async () => (await (await send(`${serverUrl}/__admin/openapi.json`)).json()) as ApiDocument,
    [],
    everyMs,
  );
  const form = data === undefined ? undefined : ruleFormOf(data);
  const rule = parsed(json);
  return (
    <Dialog title="A fault of your own" kind="drawer" onClose={onClose}>
      <Awaited data={data} problem={problem} />
      {rule === undefined ? <p class="note warning">The link has a rule that is not JSON. The form is empty.</p> : null}
      {data !== undefined && form === undefined ? (
        <p class="note warning">This server does not describe its faults.</p>
      ) : null}
      {form === undefined ? null : (
        <FaultForm key={json} form={form} rule={rule} providers={providers} onDone={onClose} />
      )}
    </Dialog>
  );
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}
