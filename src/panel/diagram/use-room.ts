import { useLayoutEffect, useState } from 'preact/hooks';
import type { RefObject } from 'preact';
import type { Room } from './layout.js';

/** Width of a box below which a diagram is drawn narrow, in pixels. */
const wideFrom = 1120;

/** How much room an element has for a diagram. */
export function useRoom(place: RefObject<HTMLElement | null>): Room {
  const [room, setRoom] = useState<Room>('wide');
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return;
    const read = (): void => {
      setRoom(element.clientWidth < wideFrom ? 'narrow' : 'wide');
    };
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);
  return room;
}
