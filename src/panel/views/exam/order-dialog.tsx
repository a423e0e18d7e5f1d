import { signal } from '@preact/signals';
import { call } from '../../api/call.js';
import { useAction } from '../../api/use-action.js';
import { useProviders } from '../../api/use-providers.js';
import { go } from '../../navigation.js';
import { choicesOf } from '../../parts/choices.js';
import { defined } from '../../parts/defined.js';
import { Dialog } from '../../parts/dialog.js';
import { SelectField, TextField } from '../../parts/field.js';
import { formMistakes } from '../../parts/form-mistakes.js';
import { Form } from '../../parts/form.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { groups } from './groups.js';
import type { JSX } from 'preact';

/** What was filled in last. It stays while the tab is open. */
const order = signal({ provider: '', connect: '', call: '', disconnect: '', group: '' });

const labels = {
  provider: 'Provider',
  connect: 'URL that begins the login',
  call: 'URL that calls the API',
  disconnect: 'URL that disconnects (optional)',
  group: 'Checks',
} as const;

/** Begins an exam in this world. */
export function OrderDialog({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const { data: providers = [] } = useProviders();
  const filled = order.value;
  const provider = filled.provider || (providers[0]?.name ?? '');
  const begin = useAction(async () => {
    const { connect, disconnect, group } = filled;
    await call('POST', '/exam', {
      provider,
      connect,
      call: filled.call,
      ...defined({ disconnect: disconnect || undefined, group: group === '' ? undefined : [group] }),
    });
    onClose();
    go({ filters: {} });
  });
  const { at, rest } = formMistakes(begin.problem, labels);
  const set = (member: keyof typeof labels) => (text: string) => {
    order.value = { ...filled, [member]: text };
  };
  const field = (member: keyof typeof labels) => ({
    label: labels[member],
    value: filled[member],
    mistake: at(member),
    onText: set(member),
  });
  return (
    <Dialog title="Examine an application" onClose={onClose}>
      <Form does="Begin" isBusy={begin.isBusy} onSend={begin.run} onCancel={onClose}>
        <ProblemNote problem={rest} />
        <SelectField
          label={labels.provider}
          value={provider}
          choices={providers.map(({ name, title }) => ({ value: name, text: title }))}
          mistake={at('provider')}
          onChoice={set('provider')}
        />
        <TextField {...field('connect')} help="Such as http://localhost:3000/connect" />
        <TextField
          {...field('call')}
          help="It answers with 2xx if the call succeeds. A method can stand before a URL: POST http://…"
        />
        <TextField {...field('disconnect')} />
        <SelectField
          label={labels.group}
          value={filled.group}
          choices={[{ value: '', text: 'All' }, ...choicesOf(groups)]}
          mistake={at('group')}
          onChoice={set('group')}
        />
      </Form>
    </Dialog>
  );
}
