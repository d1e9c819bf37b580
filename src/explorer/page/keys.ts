/**
 * Keys: everything that a click does.
 */
export interface Action {
  /** As `KeyboardEvent.key` names them. */
  readonly keys: readonly string[];
  readonly what: string;
  readonly act: () => void;
}

/** Calls the action of a key, unless the key belongs to a field that is being filled in, or to the browser. */
export function listen(actions: readonly Action[]): void {
  addEventListener("keydown", (event) => {
    const { target, key, ctrlKey, metaKey, altKey } = event;
    if (ctrlKey || metaKey || altKey) return;
    if (target instanceof HTMLElement && target.closest("input, select, textarea, dialog") !== null) return;
    const action = actions.find(({ keys }) => keys.includes(key));
    if (action === undefined) return;
    event.preventDefault();
    action.act();
  });
}
