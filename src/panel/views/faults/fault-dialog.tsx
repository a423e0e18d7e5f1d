import { useRef, useState } from 'preact/hooks';
import { readOpenApi } from '../../api/openapi.js';
import { useData } from '../../api/use-data.js';
import { Awaited } from '../../parts/awaited.js';
import { Confirm } from '../../parts/confirm.js';
import { Dialog } from '../../parts/dialog.js';
import { FaultForm } from './fault-form.js';
import { ruleFormOf } from './form-schema.js';
import type { JSX } from 'preact';
import type { ApiDocument } from './form-schema.js';

interface FaultDialogProps {
  /** The rule that fills the form, as JSON. */
  readonly json: string;
  readonly providers: readonly string[];
  readonly onClose: () => void;
}

/** The form in a drawer. It reads the schema when it opens. */
export function FaultDialog({ json, providers, onClose }: FaultDialogProps): JSX.Element {
  const { data, problem } = useData(() => readOpenApi<ApiDocument>());
  const isFilled = useRef(false);
  const [isAsking, setAsking] = useState(false);
  const cancel = (): void => {
    if (isFilled.current) setAsking(true);
    else onClose();
  };
  const form = data === undefined ? undefined : ruleFormOf(data);
  return (
    <Dialog title="New fault" kind="drawer" onClose={cancel}>
      <Awaited data={data} problem={problem} />
      {data !== undefined && form === undefined ? (
        <p class="note warning">This server does not describe its faults.</p>
      ) : null}
      {form === undefined ? null : (
        <FaultForm
          key={json}
          form={form}
          json={json}
          providers={providers}
          onChange={() => {
            isFilled.current = true;
          }}
          onCancel={cancel}
          onDone={onClose}
        />
      )}
      {isAsking ? (
        <Confirm
          title="Discard this fault?"
          does="Discard"
          onConfirm={onClose}
          onClose={() => {
            setAsking(false);
          }}
        >
          <p>It was not added. What you filled in is lost.</p>
        </Confirm>
      ) : null}
    </Dialog>
  );
}
