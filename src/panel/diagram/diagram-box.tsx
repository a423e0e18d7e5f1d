import { Diagram } from './diagram.js';
import { useRoom } from './use-room.js';
import type { JSX, RefObject } from 'preact';
import type { DiagramProps } from './diagram.js';

interface DiagramBoxProps extends Omit<DiagramProps, 'room'> {
  /** Set to the element of the box. */
  readonly place: RefObject<HTMLDivElement | null>;
}

/** A diagram in a box that scrolls sideways, as wide as there is room. */
export function DiagramBox({ place, ...diagram }: DiagramBoxProps): JSX.Element {
  const room = useRoom(place);
  return (
    <div class="scroll-x diagram-box" ref={place} tabindex={0} role="region" aria-label="Diagram, scrolls sideways">
      <Diagram {...diagram} room={room} />
    </div>
  );
}
