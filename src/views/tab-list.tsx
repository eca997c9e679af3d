import type { KeyboardEvent } from 'react';

interface TabListProps<T extends string> {
  readonly name: string;
  /** Of the panel that the tabs fill; a tab is `<id>-<tab>`. */
  readonly id: string;
  readonly tabs: readonly { readonly id: T; readonly label: string }[];
  readonly open: T;
  readonly onOpen: (tab: T) => void;
}

/** Tabs of one panel. Only the open one is in the order of Tab; the arrows go from one to the next. */
export function TabList<T extends string>({ name, id, tabs, open, onOpen }: TabListProps<T>) {
  const press = (event: KeyboardEvent<HTMLElement>): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const at = tabs.findIndex((tab) => tab.id === open);
    const next = tabs[(at + by + tabs.length) % tabs.length];
    onOpen(next.id);
    event.currentTarget.querySelector<HTMLElement>(`#${id}-${next.id}`)?.focus();
  };
  return (
    <div role="tablist" tabIndex={-1} aria-label={name} className="tab-list" onKeyDown={press}>
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          id={`${id}-${tab.id}`}
          aria-selected={tab.id === open}
          aria-controls={tab.id === open ? id : undefined}
          tabIndex={tab.id === open ? undefined : -1}
          onClick={() => onOpen(tab.id)}
        >
          {tab.label}
        </button>
      ))}
    </div>
  );
}
