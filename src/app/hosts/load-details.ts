/** The panes around the walk; asked for in a task of its own, when the first picture is on screen. */
export async function loadDetails() {
  await new Promise((resolve) => setTimeout(resolve));
  return import('./details');
}
export type Details = Awaited<ReturnType<typeof loadDetails>>;
