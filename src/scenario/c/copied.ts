/** A line of a comment as headers have them, and the commands around an example in it. */
const STARRED = /^[ \t]*\*(?:[ \t\r]|$)/;
const AROUND = /^[ \t]*\*?[ \t]*\\(?:end)?code\b/;

const unstarred = (before: string): string => before.replace('*', ' ');

/**
 * An example that was copied out of the comment of a header, without the stars before its lines: each gives way to a space, so that all
 * else stays where it is. The first line may have been marked from behind its star. Undefined for any other text.
 */
export function withoutStars(text: string): string | undefined {
  const lines = text.split('\n');
  const [first, ...rest] = lines.filter((line) => line.trim() !== '');
  // One star behind a line without may be a product.
  const most = STARRED.test(first ?? '') ? 0 : 2;
  if (first === undefined || rest.length < most || !rest.every((line) => STARRED.test(line))) return undefined;
  return lines.map((line) => (AROUND.test(line) ? '' : line.replace(STARRED, unstarred))).join('\n');
}
