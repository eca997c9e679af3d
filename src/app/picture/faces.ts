/** The @font-face rules of these families, with the fonts in them instead of their addresses. */
export async function facesOf(families: ReadonlySet<string>): Promise<string> {
  const rules = [...document.styleSheets].flatMap((sheet) =>
    [...sheet.cssRules]
      .filter((rule) => rule instanceof CSSFontFaceRule)
      .map((rule) => ({ rule, from: sheet.href ?? document.baseURI })),
  );
  const faces = await Promise.all(
    rules.map(async ({ rule: { style }, from }) => {
      const family = style.getPropertyValue('font-family').replaceAll(/["']/g, '');
      const [, url] = /url\(["']?([^"')]+)["']?\)/.exec(style.getPropertyValue('src')) ?? [];
      if (!families.has(family) || url === undefined) return '';
      const data = await dataOf(new URL(url, from).href);
      // Offline, and not kept: then whoever opens the picture has these fonts or similar ones.
      if (data === undefined) return '';
      return (
        `@font-face{font-family:'${family}';font-style:${style.getPropertyValue('font-style') || 'normal'};` +
        `font-weight:${style.getPropertyValue('font-weight')};src:url(${data}) format('woff2');` +
        `unicode-range:${style.getPropertyValue('unicode-range')}}`
      );
    }),
  );
  return faces.join('');
}

const fetched = new Map<string, string>();

/** Fetched once; the browser has it already. */
async function dataOf(url: string): Promise<string | undefined> {
  const known = fetched.get(url);
  if (known !== undefined) return known;
  try {
    const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
    const data = `data:font/woff2;base64,${base64(bytes)}`;
    fetched.set(url, data);
    return data;
  } catch {
    return undefined;
  }
}

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
