import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ComponentChildren, JSX } from 'preact';

interface VirtualListProps {
  readonly count: number;
  /** The height of each row, in pixels. */
  readonly rowHeight: number;
  /** Draws the row at an index. The element must have that height. */
  readonly draw: (index: number) => ComponentChildren;
  readonly label: string;
  /** An index that must be visible. It is scrolled to when it changes. */
  readonly shown?: number | undefined;
}

/** Rows above and below the visible ones that are drawn as well. */
const overscan = 8;
/** Browsers cannot lay out elements of more pixels; a longer list is cut. */
const tallest = 15_000_000;

/** A list that draws only the rows that can be seen. */
export function VirtualList({ count, rowHeight, draw, label, shown }: VirtualListProps): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const [{ top, height }, setView] = useState({ top: 0, height: 600 });

  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return;
    const read = (): void => {
      setView({ top: element.scrollTop, height: element.clientHeight });
    };
    read();
    element.addEventListener('scroll', read, { passive: true });
    const observer = new ResizeObserver(read);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', read);
      observer.disconnect();
    };
  }, []);

  useLayoutEffect(() => {
    const element = place.current;
    if (element === null || shown === undefined || shown < 0) return;
    const from = shown * rowHeight;
    if (from < element.scrollTop) element.scrollTop = from;
    else if (from + rowHeight > element.scrollTop + element.clientHeight) {
      element.scrollTop = from + rowHeight - element.clientHeight;
    }
  }, [shown, rowHeight]);

  const all = Math.min(count, Math.floor(tallest / rowHeight));
  const first = Math.max(0, Math.floor(top / rowHeight) - overscan);
  const last = Math.min(all, Math.ceil((top + height) / rowHeight) + overscan);
  return (
    <div class="virtual" ref={place} tabindex={0} role="list" aria-label={label}>
      <div class="virtual-space" style={{ height: `${all * rowHeight}px` }}>
        <div class="virtual-rows" style={{ transform: `translateY(${first * rowHeight}px)` }}>
          {Array.from({ length: Math.max(0, last - first) }, (_each, i) => draw(first + i))}
        </div>
      </div>
    </div>
  );
}
