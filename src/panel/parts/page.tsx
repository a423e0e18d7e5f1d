import type { ComponentChildren, JSX } from 'preact';

interface PageProps {
  readonly title: string;
  /** One sentence about the view. */
  readonly lead?: ComponentChildren;
  /** Buttons beside the title. */
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** The frame of a view: heading, actions, content. */
export function Page({ title, lead, actions, children }: PageProps): JSX.Element {
  return (
    <>
      <header class="page-head">
        <div class="page-title">
          <h1>{title}</h1>
          {lead === undefined ? null : <p class="lead">{lead}</p>}
        </div>
        {actions === undefined ? null : <div class="actions">{actions}</div>}
      </header>
      {children}
    </>
  );
}

interface CardProps {
  readonly title?: ComponentChildren;
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
  readonly class?: string;
}

/** A part of a view with a heading of its own. */
export function Card({ title, actions, children, class: more = '' }: CardProps): JSX.Element {
  return (
    <section class={`card ${more}`}>
      {title === undefined ? null : (
        <header class="card-head">
          <h2>{title}</h2>
          {actions === undefined ? null : <div class="actions">{actions}</div>}
        </header>
      )}
      {children}
    </section>
  );
}
