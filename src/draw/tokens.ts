/** Values of CSS tokens by theme: reading one makes the browser work out all styles, and they change with the theme only. */
const known = new Map<string, Map<string, string>>();

/** Reads the tokens of the page as they are in its present theme, such as `--accent`. */
export function tokens(): (token: string) => string {
  const root = document.documentElement;
  const theme = root.dataset['theme'] ?? '';
  const values = known.get(theme) ?? new Map<string, string>();
  known.set(theme, values);
  return (token) => {
    const value = values.get(token) ?? getComputedStyle(root).getPropertyValue(token).trim();
    values.set(token, value);
    return value;
  };
}
