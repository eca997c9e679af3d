import './source.css';
import {
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type RefObject,
} from 'react';
import { Gutter } from './gutter';
import { Lines } from './lines';
import { Offers } from './offers';
import { changeOf, placeOf, TAB, widthOf } from './place';
import type { Complete, Mark, Paint } from './props';
import { useOffers } from './use-offers';
import { useWindow } from './use-window';

interface EditorProps {
  readonly name: string;
  readonly area: RefObject<HTMLTextAreaElement | null>;
  readonly text: string;
  readonly paint: Paint;
  readonly marks: readonly Mark[];
  /** The id of what says how the text is doing. */
  readonly describedBy: string;
  readonly complete?: Complete;
  /** The line of the present operation, from 1. */
  readonly current?: number | undefined;
  readonly onText: (text: string) => void;
  /** The reader asks for what a line stands for. */
  readonly onLine?: (line: number) => void;
}

/** A text that can be edited: the browser's own field, with colours under it and numbers beside it. */
export function Editor(props: EditorProps) {
  const { name, area, text, paint, marks, describedBy, complete, current, onText, onLine } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [first] = useState(text);
  const lines = useMemo(() => text.split('\n'), [text]);
  const colours = useMemo(() => paint(lines), [paint, lines]);
  const width = useMemo(() => lines.reduce((most, line) => Math.max(most, widthOf(line)), 0), [lines]);
  const seen = useWindow(scroller, lines.length);
  const offering = useOffers(area, complete);
  const { offered, close } = offering;
  useOwnText(area, text);
  useShown(scroller, area, current);
  useCursorShown(scroller, area, marks);
  const active = offered && offered.active >= 0 ? `${id}-offers-${offered.active}` : undefined;
  return (
    <div className="editor" style={{ '--digits': String(lines.length).length } as CSSProperties}>
      <div className="editor-scroll" ref={scroller} onScroll={offering.onScroll}>
        <div
          className="editor-page"
          style={{ '--lines': lines.length, '--width': width, tabSize: TAB } as CSSProperties}
        >
          <Lines lines={lines} seen={seen} colours={colours} marks={marks} current={current} />
          <Gutter count={lines.length} seen={seen} marks={marks} current={current} onLine={onLine} />
          <textarea
            ref={area}
            aria-label={name}
            aria-describedby={describedBy}
            aria-invalid={marks.length > 0 || undefined}
            aria-autocomplete={complete && 'list'}
            aria-controls={offered && `${id}-offers`}
            aria-activedescendant={active}
            autoCapitalize="off"
            autoComplete="off"
            spellCheck={false}
            wrap="off"
            defaultValue={first}
            onChange={({ target, nativeEvent }) => {
              onText(target.value);
              offering.onTyped((nativeEvent as InputEvent).data ?? undefined);
            }}
            onKeyDown={(event) => {
              if (offering.onKeyDown(event)) return;
              if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
              event.preventDefault();
              onLine?.(placeOf(event.currentTarget.value, event.currentTarget.selectionStart).line);
            }}
            onPointerDown={close}
            onBlur={close}
          />
        </div>
      </div>
      {offered && <Offers id={`${id}-offers`} offered={offered} onTake={offering.onTake} />}
      <p className="unseen" role="status">
        {offered && `${offered.offers.length} ${offered.offers.length === 1 ? 'completion' : 'completions'}`}
      </p>
    </div>
  );
}

/** The field has the text that it should have; the cursor stays where it is, also when another text comes. */
function useOwnText(area: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const element = area.current!;
    if (element.value === text) return;
    const { from, to, put } = changeOf(element.value, text);
    element.setRangeText(put, from, to, 'preserve');
  }, [area, text]);
}

/** Brings a line into view, moving no more than it must. */
function show(scroller: HTMLElement, line: number): void {
  const height = parseFloat(getComputedStyle(scroller).lineHeight) || 18;
  const [top, bottom] = [(line - 2) * height, (line + 1) * height];
  if (top < scroller.scrollTop) scroller.scrollTo({ top });
  else if (bottom > scroller.scrollTop + scroller.clientHeight)
    scroller.scrollTo({ top: bottom - scroller.clientHeight });
}

/** The line of the present operation is in view; not while the reader writes somewhere else. */
function useShown(
  scroller: RefObject<HTMLElement | null>,
  area: RefObject<HTMLElement | null>,
  line: number | undefined,
): void {
  useEffect(() => {
    if (line !== undefined && area.current !== document.activeElement) show(scroller.current!, line);
  }, [scroller, area, line]);
}

/** The list of what is wrong takes room from the text; the cursor stays in sight. */
function useCursorShown(
  scroller: RefObject<HTMLElement | null>,
  area: RefObject<HTMLTextAreaElement | null>,
  marks: readonly Mark[],
): void {
  useEffect(() => {
    const { value, selectionStart } = area.current!;
    if (marks.length > 0 && area.current === document.activeElement)
      show(scroller.current!, placeOf(value, selectionStart).line);
  }, [scroller, area, marks]);
}
