import { signal } from '@preact/signals';
import { piecesOf } from '../journal/fingerprints.js';
import { world } from '../navigation.js';
import { Breakable } from './breakable.js';
import type { JSX } from 'preact';

/** The fingerprint under the pointer or with the focus. */
const touched = signal<string | undefined>(undefined);
/** The fingerprint that a person pressed. It stays marked until it is pressed again. */
export const pinned = signal<string | undefined>(undefined);
/** The ids of the entries that are known to have the pressed fingerprint. */
export const entriesWithPinned = signal<ReadonlySet<number>>(new Set());

// the same secret has another fingerprint in another world
world.subscribe(() => {
  pinned.value = undefined;
});

const isLit = (text: string): boolean => touched.value === text || pinned.value === text;

/** The fingerprint of a secret. All equal ones on the page are marked while one is touched. */
function Fingerprint({ text }: { readonly text: string }): JSX.Element {
  return (
    <button
      type="button"
      class={isLit(text) ? 'fingerprint lit' : 'fingerprint'}
      aria-pressed={pinned.value === text}
      title="The fingerprint of a secret: equal secrets have equal ones. Press it to see where."
      onMouseEnter={() => {
        touched.value = text;
      }}
      onMouseLeave={() => {
        touched.value = undefined;
      }}
      onFocus={() => {
        touched.value = text;
      }}
      onBlur={() => {
        touched.value = undefined;
      }}
      onClick={() => {
        pinned.value = pinned.value === text ? undefined : text;
      }}
    >
      {text}
    </button>
  );
}

/** A text whose fingerprints can be pressed. */
export function WithFingerprints({ text }: { readonly text: string }): JSX.Element {
  return (
    <>
      {piecesOf(text).map((piece, i) =>
        piece.isFingerprint ? (
          <Fingerprint key={i} text={piece.text} />
        ) : (
          <span key={i}>
            <Breakable text={piece.text} />
          </span>
        ),
      )}
    </>
  );
}

/** A text inside a link or a button: its fingerprints are marked, but cannot be pressed. */
export function MarkedFingerprints({ text }: { readonly text: string }): JSX.Element {
  return (
    <>
      {piecesOf(text).map((piece, i) =>
        piece.isFingerprint ? (
          <span key={i} class={isLit(piece.text) ? 'fingerprint lit' : 'fingerprint'}>
            {piece.text}
          </span>
        ) : (
          piece.text
        ),
      )}
    </>
  );
}
