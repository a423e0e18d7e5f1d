import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ComponentChildren, JSX } from 'preact';

interface VirtualListProps {
  readonly count: number;
  /** The height of each row, in pixels. */
  readonly rowHeight: number;
  /** Draws the row at an index. The element must have that height. */
  readonly draw: (index: number) => ComponentChildren;
  readonly label: string;
  /** An index that must be visible. It is scrolled to when it changes, or when `shownKey` does. */
  readonly shown?: number | undefined;
  /** What is at the index `shown`. If it is given, a row that moves is not followed. */
  readonly shownKey?: string | undefined;
  /** Called when the list is scrolled to its start, or away from it. */
  readonly onStart?: ((isAtStart: boolean) => void) | undefined;
  /** Called with the width of the list in pixels, at first and when it changes. */
  readonly onWidth?: ((width: number) => void) | undefined;
}

/** Rows above and below the visible ones that are drawn as well. */
const overscan = 8;
/** Browsers cannot lay out elements of more pixels; a longer list is cut. */
const tallest = 15_000_000;

/** A list that draws only the rows that can be seen. */
export function VirtualList(props: VirtualListProps): JSX.Element {
  const { count, rowHeight, draw, label, shown, shownKey } = props;
  const place = useRef<HTMLDivElement>(null);
  const [{ top, height }, setView] = useState({ top: 0, height: 600 });
  const latest = useRef(props);
  latest.current = props;

  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return;
    let wasAtStart = true;
    let width = 0;
    const read = (): void => {
      const { scrollTop, clientHeight, clientWidth } = element;
      setView({ top: scrollTop, height: clientHeight });
      const { onStart, onWidth } = latest.current;
      const isAtStart = scrollTop <= 0;
      if (isAtStart !== wasAtStart) onStart?.(isAtStart);
      wasAtStart = isAtStart;
      if (clientWidth !== width) onWidth?.(clientWidth);
      width = clientWidth;
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

  // a list of another row height shows the same rows
  const heightBefore = useRef(rowHeight);
  useLayoutEffect(() => {
    const element = place.current;
    if (element !== null) element.scrollTop = (element.scrollTop / heightBefore.current) * rowHeight;
    heightBefore.current = rowHeight;
  }, [rowHeight]);

  const isShown = shown !== undefined && shown >= 0;
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null || shown === undefined || !isShown) return;
    const { scrollTop, clientHeight } = element;
    const from = shown * rowHeight;
    const to = from + rowHeight;
    // what is far away is shown with what is around it
    if (to < scrollTop - clientHeight || from > scrollTop + 2 * clientHeight) {
      element.scrollTop = from - (clientHeight - rowHeight) / 2;
    } else if (from < scrollTop) {
      element.scrollTop = from;
    } else if (to > scrollTop + clientHeight) {
      element.scrollTop = to - clientHeight;
    }
  }, [shownKey ?? shown, isShown, rowHeight]);

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
