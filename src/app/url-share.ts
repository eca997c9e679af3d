/** The address of this page with a link; embedded: as it is put into a frame of another page. */
export function addressOf(link: string, embedded = false): string {
  const address = new URL(location.href);
  address.search = embedded ? '?embed' : '';
  address.hash = link;
  return address.href;
}
